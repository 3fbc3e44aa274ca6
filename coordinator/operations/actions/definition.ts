import { actionCatalogue, type OperationKind } from '../../../shared/actions/catalogue.ts';
import { MusterError, type Problem } from '../../../shared/errors/errors.ts';
import type { ActionRequest, Operation } from '../../../shared/protocol/operation.ts';
import type { Machines } from '../../enrolment/machines.ts';
import type { Intent } from '../../store/intents.ts';
import type { Store } from '../../store/store.ts';
import type { Quorum } from '../quorum.ts';

/** The state that decides whether an action is possible. */
export interface HostSituation {
  host: string;
  planned: boolean;
  enrolled: boolean;
  intent: Intent | undefined;
  operation: Operation | undefined;
  doubtful: boolean;
  isOnlyControlPlane: boolean;
  /** etcd without the host; null: it is not one of several members. */
  quorum: Quorum | null;
  /** Whether the state of the coordinator is on this host only. */
  hasOnlyState: boolean;
  /** Whether the host has the role that the plan gives it. */
  hasPlannedRole: boolean;
}

export interface Refusal {
  problem: Problem;
  /** Whether `force` overrides the refusal. */
  forcible: boolean;
}

/** Context of an action. Runs within a transaction. */
export interface Work {
  host: string;
  request: ActionRequest;
  /** The operator. */
  by: string;
  /** Milliseconds since the epoch. */
  at: number;
  store: Store;
  machines: Machines;
  /** Starts an operation, or continues the open one of that kind. */
  begin: (kind: OperationKind) => void;
  cancel: (operation: Operation) => void;
}

/** The store's side of an action; its command and texts are in shared/actions. */
export interface ActionHandler {
  /** Why the action is not possible for the host now; null: it is. */
  refusal: (situation: HostSituation) => Refusal | null;
  perform: (work: Work) => void;
}

/** The host is retired or being retired. */
export const isOut = ({ intent }: HostSituation): boolean => intent?.kind === 'retired' || intent?.kind === 'leaving';

export const no = (error: MusterError, forcible = false): Refusal => ({ problem: error.toProblem(), forcible });

export const retired = ({ host }: HostSituation): Refusal => no(new MusterError('host-retired', { host }));

export const unplanned = ({ host }: HostSituation): Refusal => no(new MusterError('host-not-planned', { host }));

export function busy(host: string, { kind }: Operation): Refusal {
  return no(new MusterError('operation-under-way', { operation: actionCatalogue[kind].name, host }));
}

/** Refuses while an operation of another kind is open; the same kind continues it. */
export function busyWithAnother(kind: OperationKind, { host, operation }: HostSituation): Refusal | null {
  const same = operation?.kind === kind && operation.outcome === null;
  return operation === undefined || same ? null : busy(host, operation);
}

/** Refuses to take away the coordinator that alone has the state. */
export const stateNeeded = ({ host, hasOnlyState, isOnlyControlPlane }: HostSituation): Refusal | null =>
  hasOnlyState && !isOnlyControlPlane ? no(new MusterError('coordinator-state-unshared', { host })) : null;

/** Refuses to end the cluster, unless forced, and to stop it in any case. */
export function controlPlaneNeeded({ host, isOnlyControlPlane, quorum }: HostSituation): Refusal | null {
  if (isOnlyControlPlane) return no(new MusterError('only-control-plane', { host }), true);
  if (quorum === null || quorum.healthy >= quorum.needed) return null;
  return no(new MusterError('quorum-needs-host', { host, ...quorum }));
}
