import { actionCatalogue, type OperationKind } from '../../../shared/actions/catalogue.ts';
import type { ActionRequest, Operation } from '../../../shared/protocol/operation.ts';
import type { LocalText } from '../../../shared/text/local-text.ts';
import type { Machines } from '../../enrolment/machines.ts';
import type { Intent } from '../../store/intents.ts';
import type { Store } from '../../store/store.ts';

/** What decides whether an action is possible. */
export interface HostSituation {
  host: string;
  planned: boolean;
  enrolled: boolean;
  intent: Intent | undefined;
  operation: Operation | undefined;
  doubtful: boolean;
  isOnlyControlPlane: boolean;
}

export interface Refusal {
  code: string;
  message: LocalText;
  remedy: string;
  /** With `force` it is done all the same. */
  forcible: boolean;
}

/** What an action works with, within a transaction. */
export interface Work {
  host: string;
  request: ActionRequest;
  /** Who asked for it. */
  by: string;
  /** Milliseconds since the epoch. */
  at: number;
  store: Store;
  machines: Machines;
  /** Begins an operation, or goes on with the one of that kind. */
  begin: (kind: OperationKind) => void;
  cancel: (operation: Operation) => void;
}

/** The store's side of an action; its command and texts are in shared/actions. */
export interface ActionHandler {
  /** Why it makes no sense for a host now; null: it does. */
  refusal: (situation: HostSituation) => Refusal | null;
  perform: (work: Work) => void;
}

/** The host is to be out, or is out already. */
export const isOut = ({ intent }: HostSituation): boolean => intent?.kind === 'retired' || intent?.kind === 'leaving';

export const no = (code: string, en: string, zh: string, remedy: string): Refusal => ({
  code,
  message: { en, zh },
  remedy,
  forcible: false,
});

export const retired = ({ host }: HostSituation): Refusal =>
  no('host-retired', `${host} is retired`, `${host} 已退役`, `muster readmit ${host}`);

export const unplanned = ({ host }: HostSituation): Refusal =>
  no('host-not-planned', `the plan has no host ${host}`, `计划中没有主机 ${host}`, 'add it to the plan');

export function busy(host: string, { kind }: Operation): Refusal {
  const { name } = actionCatalogue[kind];
  return no(
    'operation-under-way',
    `the operation “${name.en}” is under way on ${host}`,
    `${host} 上正在进行“${name.zh}”操作`,
    `muster cancel ${host}`,
  );
}

/** The same again goes on with what is under way. */
export function busyWithAnother(kind: OperationKind, { host, operation }: HostSituation): Refusal | null {
  const same = operation?.kind === kind && operation.outcome === null;
  return operation === undefined || same ? null : busy(host, operation);
}

export function onlyControlPlane({ host, isOnlyControlPlane }: HostSituation): Refusal | null {
  if (!isOnlyControlPlane) return null;
  return {
    code: 'only-control-plane',
    message: {
      en: `${host} is the only control plane: the cluster, its etcd with all that is stored in it, would end`,
      zh: `${host} 是唯一的控制平面：集群将不复存在，包括 etcd 及其中的全部数据`,
    },
    remedy: 'if the cluster is to be given up: the same with --force',
    forcible: true,
  };
}
