import { MusterError, messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import { verbatim } from '../../shared/text/local-text.ts';
import { version } from '../../shared/version.ts';
import { createHost } from '../host/host-linux.ts';
import { createPlanGuard, type PlanGuard } from '../link/target/plan-guard.ts';
import { pull } from '../link/target/puller.ts';
import { watchOverNode } from '../loop/node-sentinel.ts';
import { scheduleDriftLooks, scheduleRechecks } from '../loop/schedule.ts';
import type { AgentPaths } from '../paths.ts';
import { removeLeftovers } from '../steps/leftovers.ts';
import { openLink } from './link.ts';
import { createNews } from './news.ts';
import { createRequests } from './requests.ts';
import { createWork } from './work.ts';

/** Runs the agent until the signal fires. Throws MusterError `not-enrolled`, `not-installed` or `config-invalid`. */
export async function serve(paths: AgentPaths, log: Logger, signal: AbortSignal): Promise<void> {
  const host = createHost(paths);
  await removeLeftovers(host).catch((error) => log.warn(messageOf(error)));
  const news = createNews();
  let target: Target | null = null;
  const link = await openLink({ paths, host, log, news });
  const requests = await createRequests({ paths, host, log, link, news, signal });
  const work = await createWork({ paths, host, log, link, news, target: () => target, signal });

  news.on('target', (next) => {
    target = next;
    if (next.assignment !== null) link.coordinators.learn(next.coordinators ?? []);
    requests.onTarget(next);
    work.loop.onTarget(next);
    work.watch.poke();
  });
  news.on('acknowledged', requests.onAcknowledged);
  news.on('changed', work.watch.poke);
  news.on('node-lost', () => void work.diagnoseLoss().then(work.loop.wake));
  news.on('stale', work.loop.wake);

  const stale = () => void news.emit('stale');
  const address = () => target?.assignment?.host.address ?? null;
  const guard = createPlanGuard(paths, link.name);
  const onTarget = async (next: Target): Promise<boolean> => {
    const followed = await follow(guard, next, log);
    news.emit('target', followed.target);
    return !followed.isRefused;
  };
  const schedules = [scheduleRechecks(stale), scheduleDriftLooks(work.lookForDrift)];
  await work.resumeLeave();
  log.info('muster-agent started', { version, host: link.name, coordinators: link.coordinators.inOrder() });
  try {
    await Promise.all([
      work.loop.run(signal),
      work.watch.run(signal),
      watchOverNode({ host, address, onChange: stale }, signal),
      link.reporter.run(signal),
      pull({ client: link.client, untilDone: link.untilDone, onTarget }, signal).catch((error) => {
        if (!signal.aborted) throw error;
      }),
    ]);
  } finally {
    requests.stop();
    for (const schedule of schedules) schedule.stop();
    link.client.close();
  }
}

/** What this host follows of a target; nothing of one that its pinned key does not cover. */
async function follow(guard: PlanGuard, next: Target, log: Logger): Promise<{ target: Target; isRefused: boolean }> {
  try {
    return { target: await guard(next), isRefused: false };
  } catch (error) {
    log.error(messageOf(error), { code: error instanceof MusterError ? error.code : 'plan-unsigned' });
    const reason = error instanceof MusterError ? error.text : verbatim(messageOf(error).slice(0, 1000));
    return { target: { assignment: null, reason, duties: [] }, isRefused: true };
  }
}
