import { actionCatalogue } from '../../shared/actions/catalogue.ts';
import type { Hold, Leave, Operation } from '../../shared/protocol/operation.ts';
import { currentPart } from '../../shared/status/operation.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Intent } from '../store/intents.ts';
import { dutyId } from './operation.ts';
import { parts } from './parts.ts';

/** What determines a host's goal, besides its role in the plan. */
export interface Circumstance {
  host: string;
  /** Whether the plan contains the host. */
  planned: boolean;
  intent: Intent | undefined;
  /** The open operation. */
  operation: Operation | undefined;
  /** Whether two machines share its credential. */
  doubtful: boolean;
  /** Whether the operator has given up the cluster that this host created. */
  givesUpCluster: boolean;
}

/** What the agent needs besides its assignment: why changes are stopped, and whether it must leave. */
export interface Goal {
  hold?: Hold;
  leave?: Leave;
}

/** Whether the agent may change the host, and whether it must leave. Pure; `assign` decides the role. */
export function goal(circumstance: Circumstance): Goal {
  const { host, planned, intent, operation, doubtful, givesUpCluster } = circumstance;
  if (doubtful) return { hold: { kind: 'cloned', reason: cloned(host) } };
  const part = operation && currentPart(operation);
  if (operation !== undefined && part !== undefined && parts[part.id].holds) {
    const hold: Hold = { kind: 'leaving', reason: actionCatalogue[operation.kind].holdReason(operation.by) };
    const { leave: what } = parts[part.id];
    if (part.state === 'failed' || what === undefined) return { hold };
    return { hold, leave: { id: dutyId(part.id, operation), what, giveUpCluster: givesUpCluster } };
  }
  if (intent?.kind === 'leaving' || intent?.kind === 'retired') {
    const hold: Hold = { kind: 'retired', reason: retired(intent) };
    const isLate = intent.kind === 'leaving' && operation === undefined;
    return isLate
      ? { hold, leave: { id: lateLeaveId(host), what: 'uninstall', giveUpCluster: givesUpCluster } }
      : { hold };
  }
  if (intent?.kind === 'paused') return { hold: { kind: 'paused', reason: paused(intent) } };
  return planned ? {} : { hold: { kind: 'unplanned', reason: unplanned(host) } };
}

/** The duty id for a host that was silent when it was retired and must leave when it reports again. */
export const lateLeaveId = (host: string): string => `uninstall-late-${host}`;

const retired = ({ by, at }: Intent): LocalText => ({
  en: `retired by ${by} on ${day(at)}; muster readmit allows it to enrol again`,
  zh: `已由 ${by} 于 ${day(at)} 退役；muster readmit 可让它再次接入`,
});

const paused = ({ by, at, reason }: Intent): LocalText => ({
  en: `paused by ${by} on ${day(at)}${reason === '' ? '' : `: ${reason}`}`,
  zh: `已由 ${by} 于 ${day(at)} 暂停${reason === '' ? '' : `：${reason}`}`,
});

const cloned = (host: string): LocalText => ({
  en: `two machines have the credential of ${host}; changes are stopped until you choose one with muster pick`,
  zh: `有两台机器持有 ${host} 的凭据；在使用 muster pick 选定一台之前，更改已停止`,
});

const unplanned = (host: string): LocalText => ({
  en: `${host} is no longer in the plan; it stays unchanged until it is retired or planned again`,
  zh: `${host} 已不在计划中；在退役或重新列入计划之前保持不变`,
});

/** "2026-03-04 12:03 UTC". */
const day = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
