import type { Plan } from '../../shared/plan/schema.ts';
import { founder } from '../plan/founder.ts';
import { hasRecord, recordSettings } from '../plan/in-force.ts';
import { noteMembers } from '../plan/members.ts';
import { noteRecovery } from '../plan/recovery-order.ts';
import type { HostRow } from '../store/hosts.ts';
import type { ObservationKind } from '../store/observations.ts';
import type { Store } from '../store/store.ts';
import { isComplete } from '../view/complete.ts';
import { driftEvents } from './drift.ts';
import type { EventQuota } from './event-quota.ts';
import type { FleetView } from './fleet.ts';
import {
  blockedEvents,
  clusterEvent,
  diagnosisEvents,
  firstReport,
  hostReady,
  lossEvents,
  type ReportEvent,
} from './report-events.ts';
import type { TextedReport } from './texts.ts';

const kinds = [
  'facts',
  'findings',
  'steps',
  'node',
  'cluster',
  'diagnosis',
  'update',
] as const satisfies readonly ObservationKind[];

export interface ReportContext {
  store: Store;
  plan: () => Plan;
  fleet: Pick<FleetView, 'saw' | 'obstacle'>;
  quota: EventQuota;
}

/** What a report changed. */
export interface Change {
  /** The nodes or the cluster. */
  nodes: boolean;
  /** Targets of hosts. */
  targets: boolean;
  /** Seconds from enrolment to Ready, the first time the host is Ready. */
  joined: number | null;
}

export const noChange: Change = { nodes: false, targets: false, joined: null };

/** Stores a report received at `at` (milliseconds since the epoch) and its events. Requires a transaction. */
export function storeReport(context: ReportContext, host: string, report: TextedReport, at: number): Change {
  const { store } = context;
  const row = store.hosts.get(host);
  if (row === undefined) return noChange;
  const tell = ({ kind, message }: ReportEvent) => store.events.add(at, kind, host, message);
  const { agentVersion, bootId, sentAt } = report;
  store.hosts.reported(host, { at, clockSkewMs: Date.parse(sentAt) - at, agentVersion, bootId });
  if (row.lastReportAt === null) tell(firstReport);
  for (const event of context.quota.grant(host, eventsOf(store, row, report), at)) tell(event);
  const changed = new Set(kinds.filter((kind) => put(store, host, kind, report, at)));
  if (report.output) store.output.append(host, report.output);
  const mayBeReady = row.readyAt === null && (changed.has('node') || changed.has('steps'));
  const isReady = mayBeReady && isComplete(store, context.plan(), host);
  if (isReady) {
    store.hosts.ready(host, at);
    tell(hostReady);
  }
  const adopted = adopt(context, host, report);
  if (adopted !== null) tell(adopted);
  const isOfMembers = changed.has('facts') || changed.has('cluster');
  const isRestored = changed.has('facts') && noteRecovery(store, context.plan(), host);
  const hasMembers = (isOfMembers && noteMembers(store, context.plan(), host)) || isRestored;
  const isCompared = changed.has('facts') && compare(context.fleet, host, report);
  return {
    nodes: changed.has('node') || changed.has('cluster'),
    targets: adopted !== null || hasMembers || isCompared || changed.has('update') || agentVersion !== row.agentVersion,
    joined: isReady ? (at - row.enrolledAt) / 1000 : null,
  };
}

/** Events from comparing with the previous report, which is only read as far as needed. */
function eventsOf({ observations }: Store, { name: host, readyAt }: HostRow, report: TextedReport): ReportEvent[] {
  const { facts, findings, steps, diagnosis } = report;
  const before = <K extends ObservationKind>(kind: K) => observations.get(host, kind)?.value;
  return [
    ...(facts?.createdCluster === 'lost' ? lossEvents(before('facts'), facts) : []),
    ...(findings === undefined || readyAt === null ? [] : blockedEvents(before('findings') ?? [], findings)),
    ...driftEvents(() => before('steps') ?? [], steps),
    ...(diagnosis === undefined ? [] : diagnosisEvents(before('diagnosis') ?? null, diagnosis)),
  ];
}

function put(store: Store, host: string, kind: (typeof kinds)[number], report: TextedReport, at: number): boolean {
  const value = report[kind];
  return value !== undefined && store.observations.put(host, kind, value, at);
}

/**
 * Adopts the cluster that a control plane reports, once it is joinable: an interrupted init leaves none. Another cluster
 * is adopted only from the host that creates it.
 */
function adopt({ store, plan }: ReportContext, host: string, { cluster }: TextedReport): ReportEvent | null {
  // A restored database must be confirmed before it may decide which cluster is the right one.
  if (!cluster?.joinable || store.revision.restored() !== null) return null;
  const { caPem, caSha256 } = cluster;
  const known = store.cluster.get();
  if (known?.caSha256 === caSha256) {
    if (!hasRecord(store)) recordSettings(store, plan());
    return null;
  }
  if (known !== null && founder(store, plan()) !== host) return null;
  store.cluster.set({ caPem, caSha256 });
  store.cluster.setMembers([]);
  recordSettings(store, plan());
  return clusterEvent(known === null, caSha256);
}

/** Whether the facts create or remove an obstacle for the host. */
function compare(fleet: ReportContext['fleet'], host: string, { facts }: TextedReport): boolean {
  if (facts === undefined) return false;
  const before = fleet.obstacle(host) !== null;
  fleet.saw(host, facts);
  return before !== (fleet.obstacle(host) !== null);
}
