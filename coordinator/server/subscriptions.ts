import { formatProblem, formatWarning } from '../../shared/plan/problem.ts';
import type { Coordinator } from '../api/parts.ts';
import type { Metrics } from '../observing/metrics.ts';
import { affectedHosts } from '../plan/affected.ts';
import { rememberHosts } from '../plan/departed.ts';
import { recordNotes } from '../plan/note-events.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { readRunning } from '../view/status.ts';

const planChange = { en: 'new plan in force', zh: '新计划已生效' };

/** Records events for planned settings that the running cluster does not get. */
export const noteSettings = ({ store, plan, now }: Coordinator): void =>
  recordNotes(store, plan(), readRunning(store, plan()) ?? plan().settings, now().getTime());

/** Who reacts to which news. Listeners of a topic run in this order. */
export function subscribe(
  coordinator: Coordinator,
  metrics: Metrics,
  planFile: Pick<PlanFile, 'current' | 'problems' | 'warnings'>,
): void {
  const { joins, log, machines, news, now, operations, plan, standing, store, waiters } = coordinator;
  /** Of several coordinators, only the active one decides. */
  const acting = (work: () => void) => () => {
    if (standing.mayAct()) work();
  };

  const warn = () => {
    for (const warning of planFile.warnings()) log.warn(formatWarning(warning.file, warning).en);
  };
  warn();
  news.on('planFile', () => {
    const problems = planFile.problems();
    for (const problem of problems) {
      log.warn(`the last valid plan stays in force: ${formatProblem(problem.file, problem).en}`);
    }
    if (problems.length > 0) return;
    log.info('new plan in force');
    warn();
    store.transaction(() => store.events.add(now().getTime(), 'plan-changed', null, planChange));
    news.emit('plan');
  });

  news.on('active', joins.restart);
  news.on('active', machines.restart);

  news.on(
    'plan',
    acting(() => rememberHosts(store, planFile.current())),
  );
  news.on('plan', acting(coordinator.conversions.advance));
  news.on(
    'plan',
    acting(() => noteSettings(coordinator)),
  );
  news.on('plan', acting(joins.advance));
  let before = plan();
  news.on('plan', () => {
    const { own, all } = affectedHosts(before, plan());
    before = plan();
    for (const host of own) waiters.wake(host);
    if (all) waiters.wakeAll();
    waiters.wakeForDuties();
  });

  news.on('cluster', acting(joins.advance));
  news.on('cluster', acting(operations.advance));
  news.on('cluster', waiters.wakeForDuties);

  news.on('target', waiters.wake);
  news.on('targets', waiters.wakeAll);
  news.on('duties', waiters.wakeForDuties);

  news.on('stepEnded', (_host, step) => metrics.step(step));
  news.on('stepEnded', (host, { id, state, seconds }) =>
    log.info(`step ${state}`, { host, step: id, ...(seconds === null ? {} : { seconds }) }),
  );
  news.on('joined', (_host, seconds) => metrics.join(seconds));
  news.on('joined', (host, seconds) => log.info('host is Ready', { host, seconds }));
  news.on('commit', metrics.commit);
}
