import type { Action, Operation } from '../../shared/protocol/operation.ts';
import { kindNames } from '../../shared/status/operation.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Intent } from '../store/intents.ts';

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

/** Why an action makes no sense for a host now; null: it does. */
export function refusal(action: Action, situation: HostSituation): Refusal | null {
  const { host, planned, enrolled, intent, operation, doubtful } = situation;
  const isOut = intent?.kind === 'retired' || intent?.kind === 'leaving';
  const no = (code: string, en: string, zh: string, remedy: string): Refusal => ({
    code,
    message: { en, zh },
    remedy,
    forcible: false,
  });
  const retired = () => no('host-retired', `${host} is retired`, `${host} 已退役`, `muster readmit ${host}`);
  const unplanned = () =>
    no('host-not-planned', `the plan has no host ${host}`, `计划中没有主机 ${host}`, 'add it to the plan');

  switch (action) {
    case 'cancel':
      return operation === undefined || operation.outcome === 'cancelled'
        ? no('no-operation', `nothing is under way on ${host}`, `${host} 上没有正在进行的操作`, 'muster operations')
        : null;
    case 'pick':
      return doubtful
        ? null
        : no(
            'not-cloned',
            `one machine only has ${host}’s credential`,
            `只有一台机器持有 ${host} 的凭据`,
            'muster status',
          );
    case 'pause':
      if (isOut) return retired();
      if (operation !== undefined) return busy(host, operation);
      return intent?.kind === 'paused'
        ? no('paused-already', `${host} is paused already`, `${host} 已经暂停`, `muster resume ${host}`)
        : null;
    case 'resume':
      return intent?.kind === 'paused'
        ? null
        : no('not-paused', `${host} is not paused`, `${host} 没有暂停`, 'muster status');
    case 'readmit':
      if (!isOut) return no('not-retired', `${host} is not retired`, `${host} 没有退役`, `muster token create ${host}`);
      if (operation !== undefined) return busy(host, operation);
      return planned ? null : unplanned();
    case 'retire':
      if (isOut && operation === undefined) return retired();
      return busyWithAnother('retire', host, operation) ?? onlyControlPlane(situation);
    case 'reset':
      if (isOut) return retired();
      if (!planned) return unplanned();
      if (!enrolled) {
        const remedy = `muster token create ${host}`;
        return no('not-enrolled', `${host} has not enrolled`, `${host} 尚未登记`, remedy);
      }
      if (intent?.kind === 'paused')
        return no('paused', `${host} is paused`, `${host} 已暂停`, `muster resume ${host}`);
      return busyWithAnother('reset', host, operation) ?? onlyControlPlane(situation);
    case 'replace':
      if (isOut) return retired();
      if (!planned) return unplanned();
      return busyWithAnother('replace', host, operation) ?? onlyControlPlane(situation);
  }
}

function busy(host: string, { kind }: Operation): Refusal {
  return {
    code: 'operation-under-way',
    message: {
      en: `the operation “${kindNames[kind].en}” is under way on ${host}`,
      zh: `${host} 上正在进行“${kindNames[kind].zh}”操作`,
    },
    remedy: `muster cancel ${host}`,
    forcible: false,
  };
}

/** The same again goes on with what is under way. */
function busyWithAnother(kind: Operation['kind'], host: string, operation: Operation | undefined): Refusal | null {
  const same = operation?.kind === kind && operation.outcome === null;
  return operation === undefined || same ? null : busy(host, operation);
}

function onlyControlPlane({ host, isOnlyControlPlane }: HostSituation): Refusal | null {
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
