import { MusterError } from '../../shared/errors/errors.ts';
import { hostNamed } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Report } from '../../shared/protocol/report.ts';
import { packageManagerOf } from '../../shared/systems.ts';
import type { GroupCommit } from '../store/group-commit.ts';
import type { News } from '../store/news.ts';
import { createQuota } from '../store/quota.ts';
import { checkedIdentity } from '../view/cluster.ts';
import { readRunning } from '../view/status.ts';
import { endedSteps } from './ended-steps.ts';
import { createEventQuota } from './event-quota.ts';
import { type ReportContext, storeReport } from './store-report.ts';
import { textedOf } from './texts.ts';

export interface ReportsOptions extends Omit<ReportContext, 'quota'> {
  commit: GroupCommit;
  now: () => Date;
  news: News;
}

/**
 * How often a worker's reports may set others to work at once; one more after each time in ms. One that changes more
 * often is followed with the others' next polls.
 */
const wakes = { burst: 30, refillMs: 10_000 };

export type Reports = ReturnType<typeof createReports>;

export function createReports(options: ReportsOptions) {
  const { store, commit, plan, now, news } = options;
  const context = { ...options, quota: createEventQuota() };
  const quota = createQuota(wakes);

  return {
    /**
     * Resolves once the report is on disk. Throws MusterError 403 `wrong-host`, 422 `cluster-ca-invalid`, 503 if it
     * cannot be stored now.
     */
    async receive(host: string, report: Report): Promise<void> {
      refuseAnother(host, report);
      const receivedAt = now().getTime();
      const told = trustedOf(plan(), store.cluster.members(), host, report);
      const settingsOf = () => readRunning(store, plan()) ?? plan().settings;
      const trusted = textedOf(told, host, settingsOf, () => {
        const facts = report.facts ?? store.observations.get(host, 'facts')?.value;
        return packageManagerOf(facts?.os ?? { id: '' });
      });
      if (trusted.cluster) trusted.cluster = checkedIdentity(trusted.cluster);
      const ended = trusted.steps && endedSteps(store.observations.get(host, 'steps')?.value ?? [], trusted.steps);
      const change = await commit.submit(() => storeReport(context, host, trusted, receivedAt));
      for (const step of ended ?? []) news.emit('stepEnded', host, step);
      if (change.joined !== null) news.emit('joined', host, change.joined);
      if (!change.nodes && !change.targets) return;
      if (!isControlPlane(plan(), store.cluster.members(), host) && !quota.take(host, receivedAt)) return;
      news.emit('cluster');
      if (change.targets) news.emit('targets');
    },
  };
}

/** Throws MusterError 403 `wrong-host`. */
function refuseAnother(host: string, report: Report): void {
  if (report.host !== host) {
    throw new MusterError('wrong-host', { host, reported: report.host });
  }
}

const isControlPlane = (plan: Plan, members: readonly string[], host: string): boolean =>
  members.includes(host) || hostNamed(plan, host)?.role === 'control-plane';

/** Drops what a worker reports about the cluster. */
function trustedOf(plan: Plan, members: readonly string[], host: string, report: Report): Report {
  if (isControlPlane(plan, members, host)) return report;
  const { cluster: _, ...rest } = report;
  return rest;
}
