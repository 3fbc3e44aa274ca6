import { MusterError } from '../../shared/errors/errors.ts';
import { assign } from '../../shared/plan/assign.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Diagnosis } from '../../shared/protocol/diagnosis.ts';
import type { Report } from '../../shared/protocol/report.ts';
import { verbatim } from '../../shared/text/local-text.ts';
import type { GroupCommit } from '../store/group-commit.ts';
import type { News } from '../store/news.ts';
import type { ObservationKind } from '../store/observations.ts';
import type { Store } from '../store/store.ts';
import { checkIdentity } from '../view/cluster.ts';
import { isComplete } from '../view/complete.ts';
import { driftEvents } from './drift.ts';
import { createEndedSteps } from './ended-steps.ts';
import type { FleetView } from './fleet.ts';

export interface ReportsOptions {
  store: Store;
  commit: GroupCommit;
  plan: () => Plan;
  now: () => Date;
  fleet: Pick<FleetView, 'saw' | 'obstacle'>;
  news: News;
}

const kinds = [
  'facts',
  'findings',
  'steps',
  'node',
  'cluster',
  'diagnosis',
  'update',
] as const satisfies readonly ObservationKind[];

const firstReport = { en: 'reported for the first time', zh: '第一次汇报' };
const clusterLost = {
  en: 'the cluster that it created is gone: its CA and etcd’s data are not there any more',
  zh: '它所创建的集群已不存在：其 CA 和 etcd 数据都没有了',
};
const allDone = { en: 'Ready, with every step done', zh: 'Ready，所有步骤均已完成' };

export type Reports = ReturnType<typeof createReports>;

/** Takes agents' reports in. */
export function createReports({ store, commit, plan, now, fleet, news }: ReportsOptions) {
  const endedSteps = createEndedSteps(store);

  /** Resolves once the report is on the disk. Throws 403 `wrong-host`, 422 `cluster-ca-invalid`, 503 where it can't be stored now. */
  async function receive(host: string, report: Report): Promise<void> {
    if (report.host !== host) {
      throw new MusterError('wrong-host', `this credential is ${host}’s; the report is about ${report.host}`, {
        status: 403,
        remedy: `run the installer’s line for ${report.host} on that machine`,
      });
    }
    const receivedAt = now().getTime();
    const assignment = assign(plan(), host);
    const trusted = assignment?.host.role === 'control-plane' ? report : withoutCluster(report);
    if (trusted.cluster) checkIdentity(trusted.cluster);
    const ended = trusted.steps && endedSteps.look(host, trusted.steps);
    const change = await commit.submit(() => {
      const row = store.hosts.get(host);
      if (row === undefined) return { nodes: false, targets: false, joined: null };
      const { agentVersion, bootId, sentAt } = trusted;
      store.hosts.reported(host, {
        at: receivedAt,
        clockSkewMs: Date.parse(sentAt) - receivedAt,
        agentVersion,
        bootId,
      });
      if (row.lastReportAt === null) store.events.add(receivedAt, 'first-report', host, firstReport);
      noteLoss(host, trusted, receivedAt);
      const before =
        trusted.diagnosis === undefined ? null : (store.observations.get(host, 'diagnosis')?.value ?? null);
      const stepsBefore = () => store.observations.get(host, 'steps')?.value ?? [];
      for (const { kind, message } of driftEvents(stepsBefore, trusted.steps)) {
        store.events.add(receivedAt, kind, host, message);
      }
      const changed = new Set<ObservationKind>(kinds.filter((kind) => put(host, kind, trusted, receivedAt)));
      if (trusted.output) store.output.append(host, trusted.output);
      const mayBe = row.readyAt === null && (changed.has('node') || changed.has('steps'));
      const joined = mayBe && noteReady(host, receivedAt) ? (receivedAt - row.enrolledAt) / 1000 : null;
      if (changed.has('diagnosis')) noteDiagnosis(host, before, trusted.diagnosis ?? null, receivedAt);
      const identity = adopt(host, trusted, receivedAt);
      const compared = changed.has('facts') && seen(host, trusted);
      return {
        nodes: changed.has('node') || changed.has('cluster'),
        targets: identity || compared || changed.has('update') || agentVersion !== row.agentVersion,
        joined,
      };
    });
    for (const step of ended?.() ?? []) news.emit('stepEnded', host, step);
    if (change.joined !== null) news.emit('joined', host, change.joined);
    if (change.nodes || change.targets) news.emit('cluster');
    if (change.targets) news.emit('targets');
  }

  function put(host: string, kind: (typeof kinds)[number], report: Report, at: number): boolean {
    const value = report[kind];
    return value !== undefined && store.observations.put(host, kind, value, at);
  }

  /** The cluster that hosts join is the one that a control plane sees, once it can be joined: an init that is cut short leaves none. */
  function adopt(host: string, { cluster }: Report, at: number): boolean {
    // Which cluster is the right one is not for a restored copy to say before it was confirmed.
    if (!cluster?.joinable || store.revision.restored() !== null) return false;
    const { caPem, caSha256 } = cluster;
    const known = store.cluster.get();
    if (known?.caSha256 === caSha256) return false;
    store.cluster.set({ caPem, caSha256 });
    const what =
      known === null ? { en: 'a cluster', zh: '集群' } : { en: 'another cluster than before', zh: '与之前不同的集群' };
    store.events.add(at, 'cluster-seen', host, {
      en: `reports ${what.en}: CA ${caSha256}`,
      zh: `报告了${what.zh}：CA ${caSha256}`,
    });
    return true;
  }

  /** Whether these facts hold a host back that was not, or let one go on that was. */
  function seen(host: string, { facts }: Report): boolean {
    if (facts === undefined) return false;
    const before = fleet.obstacle(host) !== null;
    fleet.saw(host, facts);
    return before !== (fleet.obstacle(host) !== null);
  }

  function noteDiagnosis(host: string, before: Diagnosis | null, after: Diagnosis | null, at: number): void {
    if (before?.id === after?.id) return;
    if (after === null) {
      const title = before?.title ?? verbatim('');
      store.events.add(at, 'mended', host, { en: `mended: ${title.en}`, zh: `已修复：${title.zh}` });
      return;
    }
    const { title, cause } = after;
    const text = { en: `${title.en}: ${cause.en}`, zh: `${title.zh}：${cause.zh}` };
    store.events.add(at, `diagnosed:${after.id}`, host, text);
  }

  function noteLoss(host: string, { facts }: Report, at: number): void {
    if (facts?.createdCluster !== 'lost') return;
    if (store.observations.get(host, 'facts')?.value?.createdCluster === 'lost') return;
    store.events.add(at, 'cluster-lost', host, clusterLost);
  }

  /** true: it is Ready for the first time. */
  function noteReady(host: string, at: number): boolean {
    if (!isComplete(store, plan(), host)) return false;
    store.hosts.ready(host, at);
    store.events.add(at, 'host-ready', host, allDone);
    return true;
  }

  return { receive };
}

function withoutCluster({ cluster: _, ...rest }: Report): Report {
  return rest;
}
