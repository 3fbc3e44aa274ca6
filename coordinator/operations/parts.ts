import type { PartId } from '../../shared/actions/parts.ts';
import type { Duty } from '../../shared/protocol/duty.ts';
import type { Leave, Operation, OperationPart } from '../../shared/protocol/operation.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import { end, fail, note } from './operation.ts';
import { reasons, timeUpText } from './words.ts';

/** The observed state of a host that shows whether a part is complete. */
export interface Sight {
  now: Date;
  isEnrolled: boolean;
  isSilent: boolean;
  /** Whether its node became Ready with every step done after this time, in milliseconds since the epoch. */
  isReadySince: (moment: number) => boolean;
}

/** One part of an operation: who performs it, and how its completion is observed. */
interface PartDefinition {
  /** Stops the agent meanwhile: the Node is about to be deleted, or the agent itself must leave. */
  holds?: true;
  /** The duty for a control plane's agent. */
  duty?: (id: string, host: string) => Duty;
  /** The request to the host's own agent. */
  leave?: Leave['what'];
  /** Updates the operation from observed state; returns the same object if nothing changed. */
  look?: (operation: Operation, part: OperationPart, sight: Sight) => Operation;
}

export const parts: Readonly<Record<PartId, PartDefinition>> = {
  revoke: { look: (operation, _part, { now }) => end(operation, 'done', now) },
  'step-aside': { duty: (id, host) => ({ id, type: 'step-aside', host }) },
  cordon: { holds: true, duty: (id, host) => ({ id, type: 'cordon-node', host, unschedulable: true }) },
  drain: { holds: true, duty: (id, host) => ({ id, type: 'drain-node', host }), look: untilTimeIsUp },
  'remove-member': { holds: true, duty: (id, host) => ({ id, type: 'remove-member', host }) },
  'delete-node': { holds: true, duty: (id, host) => ({ id, type: 'delete-node', host }) },
  reset: { holds: true, leave: 'reset', look: untilHostAnswers },
  uninstall: { holds: true, leave: 'uninstall', look: untilHostAnswers },
  enrol: {
    look: (operation, part, { now, isEnrolled }) =>
      isEnrolled ? end(operation, 'done', now) : say(operation, part, reasons.awaitMachine),
  },
  join: {
    look: (operation, part, { now, isReadySince }) =>
      isReadySince(beganAt(operation, part)) ? end(operation, 'done', now) : operation,
  },
  'step-back': { duty: (id, host) => ({ id, type: 'step-back', host }) },
  uncordon: { duty: (id, host) => ({ id, type: 'cordon-node', host, unschedulable: false }) },
};

function untilTimeIsUp(operation: Operation, part: OperationPart, { now }: Sight): Operation {
  const { force, timeoutSeconds } = operation;
  if (force) return end(operation, 'skipped', now, reasons.forced);
  const isUp = now.getTime() >= beganAt(operation, part) + timeoutSeconds * 1000;
  if (part.state === 'failed' || !isUp) return operation;
  return fail(operation, timeUpText(timeoutSeconds, part.message), now);
}

function untilHostAnswers(operation: Operation, part: OperationPart, sight: Sight): Operation {
  const { now, isEnrolled, isSilent } = sight;
  if (!isEnrolled) return end(operation, 'skipped', now, reasons.neverEnrolled);
  if (!isSilent) return operation;
  return operation.force ? end(operation, 'skipped', now, reasons.silent) : say(operation, part, reasons.awaitHost);
}

const say = (operation: Operation, part: OperationPart, message: LocalText): Operation =>
  part.message.en === message.en ? operation : note(operation, message);

const beganAt = ({ startedAt }: Operation, part: OperationPart): number => Date.parse(part.startedAt ?? startedAt);

/** What decides which parts an operation can skip. */
export interface Need {
  kind: Operation['kind'];
  force: boolean;
  isEnrolled: boolean;
  isOnlyControlPlane: boolean;
  hasCluster: boolean;
}

/** The parts to skip, and why. */
export function needless({ kind, force, isEnrolled, isOnlyControlPlane, hasCluster }: Need): Map<PartId, LocalText> {
  const skip = new Map<PartId, LocalText>();
  const skipAll = (ids: readonly PartId[], why: LocalText) => {
    for (const id of ids) skip.set(id, why);
  };
  const ofNode = ['cordon', 'drain', 'delete-node'] as const;
  if (isOnlyControlPlane) skipAll(ofNode, reasons.clusterEnds);
  else if (!hasCluster) skipAll(ofNode, reasons.noCluster);
  else if (force) skipAll(['drain'], reasons.forced);
  if (kind !== 'replace' && !isEnrolled) skipAll(['reset', 'uninstall'], reasons.neverEnrolled);
  return skip;
}
