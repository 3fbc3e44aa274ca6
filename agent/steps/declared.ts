import { runtimeVersion } from '../../shared/compatibility/runtime-version.ts';
import { definitionOf, type StepId } from '../../shared/steps/catalogue.ts';
import type { Change, ChangeKind } from '../../shared/steps/change.ts';
import { releaseOf } from '../../shared/systems.ts';
import { execute, isExecutable, lookAtAll } from '../changes/execute.ts';
import { registryStyleOf } from '../machine/containerd.ts';
import type { Step, StepContext } from './step.ts';

type Planned = Pick<StepContext, 'assignment' | 'facts'>;

/** The changes that the step makes on this host. */
export function changesOf(id: StepId, { assignment, facts }: Planned): Change[] {
  const { runtime } = assignment.settings;
  // A stub on this host, such as 127.0.0.53, is unreachable from pods.
  const resolvConf = facts.network.upstreamFile || '/etc/resolv.conf';
  return definitionOf[id].changes(assignment, {
    arch: facts.arch,
    registryStyle: registryStyleOf(facts, runtime),
    resolvConf,
    interface: facts.addresses.find(({ address }) => address === assignment.host.address)?.interface ?? '',
    release: releaseOf(facts.os),
    runtimeVersion: runtimeVersion(facts, runtime).version,
    pauseTag: facts.software.pauseTag,
  });
}

/** The step's only change of this kind. Throws if it has none. */
export function changeOf<K extends ChangeKind>(id: StepId, kind: K, context: Planned): Extract<Change, { kind: K }> {
  const isOfKind = (change: Change): change is Extract<Change, { kind: K }> => change.kind === kind;
  const found = changesOf(id, context).find(isOfKind);
  if (found === undefined) throw new Error(`${id} states no change of the kind ${kind}`);
  return found;
}

/** Applies the step's changes, except those that need the step's own code. Throws MusterError. */
export const executeChanges = (id: StepId, context: StepContext): Promise<void> =>
  execute(changesOf(id, context).filter(isExecutable), context);

/** A step that consists of its changes: the check passes once the host has all of them. */
export function declaredStep(id: StepId): Step {
  return {
    id,
    check: (context) => lookAtAll(changesOf(id, context).filter(isExecutable), context.host),
    apply: (context) => executeChanges(id, context),
  };
}
