import type { Hold, Leave, Operation } from '../../shared/protocol/operation.ts';
import { currentPart } from '../../shared/status/operation.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Intent } from '../store/intents.ts';
import { dutyId } from './operation.ts';
import { parts } from './parts.ts';

/** What is known of a host besides the plan's word about its role. */
export interface Circumstance {
  host: string;
  /** The plan has a place for it. */
  planned: boolean;
  intent: Intent | undefined;
  /** The one that is under way. */
  operation: Operation | undefined;
  /** Two machines have its credential. */
  doubtful: boolean;
  /** The operator gives up the cluster that this host created. */
  givesUpCluster: boolean;
}

/** What the host's agent has to know besides its assignment: why it keeps its hands off, and what it has to do with itself. */
export interface Goal {
  hold?: Hold;
  leave?: Leave;
}

/** Whether the host's agent may work, and whether it has to leave. Pure; the role it would have is `assign`'s to say. */
export function goal(circumstance: Circumstance): Goal {
  const { host, planned, intent, operation, doubtful, givesUpCluster } = circumstance;
  if (doubtful) return { hold: { kind: 'cloned', reason: cloned(host) } };
  const part = operation && currentPart(operation);
  if (operation !== undefined && part !== undefined && parts[part.id].holds) {
    const hold: Hold = { kind: 'leaving', reason: leaving(operation) };
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

/** A retired host that was silent then still has to leave when it comes back. */
export const lateLeaveId = (host: string): string => `uninstall-late-${host}`;

const leaving = ({ kind, by }: Operation): LocalText =>
  kind === 'retire'
    ? { en: `it is being retired, as ${by} asked`, zh: `正在按 ${by} 的要求退役` }
    : { en: `it is being taken out of the cluster, as ${by} asked`, zh: `正在按 ${by} 的要求移出集群` };

const retired = ({ by, at }: Intent): LocalText => ({
  en: `retired by ${by} on ${day(at)}; muster readmit lets it in again`,
  zh: `已由 ${by} 于 ${day(at)} 退役；muster readmit 可重新接纳`,
});

const paused = ({ by, at, reason }: Intent): LocalText => ({
  en: `paused by ${by} on ${day(at)}${reason === '' ? '' : `: ${reason}`}`,
  zh: `已由 ${by} 于 ${day(at)} 暂停${reason === '' ? '' : `：${reason}`}`,
});

const cloned = (host: string): LocalText => ({
  en: `two machines have ${host}’s credential; neither is told anything until one is picked`,
  zh: `有两台机器持有 ${host} 的凭据；在选定其中一台之前，两台都不会收到任何任务`,
});

const unplanned = (host: string): LocalText => ({
  en: `the plan has no host ${host} any more; the host stays as it is until it is retired or planned again`,
  zh: `计划中已没有主机 ${host}；在退役或重新列入计划之前，该主机保持原状`,
});

/** "2026-03-04 12:03 UTC". */
const day = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
