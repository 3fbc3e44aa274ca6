import { MusterError } from '../../shared/errors/errors.ts';
import { isStorageError } from '../../shared/node/storage-error.ts';
import { mark } from './elapsed.ts';
import { whileRenewing } from './lease/renewing.ts';
import type { Log } from './log.ts';
import { takeOrder } from './recovery.ts';
import { type Api, mayMove, type Self } from './self.ts';

/** Becomes the active coordinator, if nobody is faster and there is a state to take over. */
export async function takeOver(self: Self, api: Api): Promise<void> {
  const { memory, standing, store, news, log: logger } = self;
  const since = mark();
  if (!(await api.lease.hold(memory.sequence()))) return;
  try {
    const { result, held } = await whileRenewing(self, api, since, (log) => takeState(self, api, log));
    if (!result) return void (await api.lease.release(memory.sequence()));
    standing.holds(held);
  } catch (error) {
    stopSending(self);
    await leaveToOthers(self, api, error);
    throw error;
  }
  self.failed = null;
  self.isActive = true;
  standing.share(true);
  standing.looked(self.url(api.connection.host));
  logger.info('this coordinator is the active one', { revision: store.revision.current() });
  news.emit('active');
  // It may have been edited here; what it changes is noted by the active coordinator only.
  news.emit('plan');
  news.emit('cluster');
  news.emit('targets');
}

/** Its own disk or database failed, not the API: another coordinator may succeed. */
async function leaveToOthers(self: Self, { lease }: Api, error: unknown): Promise<void> {
  if (error instanceof MusterError && !isStorageError(error)) return;
  self.failed = mark();
  await lease.release(self.memory.sequence()).catch(() => undefined);
}

/** Takes over the shared state, or starts it from this coordinator's own. false: neither is possible. */
async function takeState(self: Self, { connection, log }: Api, whileHeld: Log): Promise<boolean> {
  const { follower, memory, sender, store, now } = self;
  const state = await whileHeld.load();
  const own = memory.sequence();
  // An API server with an older backup knows less than this coordinator does.
  const isStart = state === null || state.sequence < own || follower.isPast(state);
  if (isStart && !mayMove(self, connection)) return false;
  // Agents may have seen this coordinator's revision, even if its changes were never shared.
  const seen = Math.max(state?.revision ?? 0, store.revision.current());
  if (!isStart) await follower.adopt(state);
  const at = now().getTime();
  store.observations.age(at);
  store.transaction(() => {
    store.revision.confirm({ seen });
    // Nobody has reported to this coordinator yet: hosts count as heard of now.
    for (const { name } of store.hosts.all()) store.hosts.touch(name, at);
    if (isStart) store.events.add(at, 'state-moved', null, movedText);
    else store.events.add(at, 'coordinator-active', null, activeText(connection.host));
  });
  store.replicated.record();
  takeOrder(self, '');
  sender.start(log, isStart ? own + 1 : state.sequence);
  if (isStart) await startLog(self, whileHeld);
  else await sender.announce();
  return true;
}

async function startLog({ store, files, memory, sender }: Self, log: Log): Promise<void> {
  // Records of an earlier log may carry higher numbers.
  if (memory.sequence() === 0) await log.clear();
  const sequence = sender.sequence();
  const rows = store.replicated.all();
  const revision = store.revision.current();
  const fileChanges = await files.all();
  await log.snapshot({ sequence, revision, changes: [...rows, ...fileChanges] });
  store.transaction(() => memory.contains(sequence));
  for (const change of fileChanges) await files.sent(change);
}

function stopSending(self: Self): void {
  self.isActive = false;
  self.standing.yields();
  self.sender.stop();
  self.store.replicated.stop();
  self.follower.diverged();
}

/** No longer the active one. What was not acknowledged is dropped with the next state that is read. */
export function stepDown(self: Self, why: string): void {
  if (!self.isActive) return;
  stopSending(self);
  self.log.warn('this coordinator is no longer the active one', { why, active: self.standing.active() });
  self.news.emit('targets');
}

/** The plan names this control plane alone: its coordinator's database is the authority again. */
export async function handBack(self: Self, api: Api): Promise<void> {
  const { sender, store, memory, standing, now } = self;
  await sender.flush();
  stopSending(self);
  store.transaction(() => {
    memory.end();
    store.events.add(now().getTime(), 'state-moved-back', null, backText);
  });
  standing.share(false);
  self.log.info('the plan names one control plane: the state is in the database only');
  await discard(self, api);
}

/** Removes the log after the state was handed back; repeated until it succeeds. */
export async function discard(self: Self, api: Api): Promise<void> {
  const { store, memory } = self;
  const since = mark();
  if (!(await api.lease.hold(0))) return;
  await whileRenewing(self, api, since, (log) => log.clear());
  store.transaction(() => memory.forget());
  await api.lease.release(0);
}

const movedText = {
  en: 'the coordinators share their state in the Kubernetes API from now on',
  zh: '各协调器自此在 Kubernetes API 中共享状态',
};
const backText = {
  en: 'the plan names one control plane: the state is in the coordinator’s database only',
  zh: '计划中只有一个控制平面：状态仅保存在协调器的数据库中',
};
const activeText = (host: string) => ({
  en: `the coordinator on ${host} is the active one`,
  zh: `${host} 上的协调器成为活动的协调器`,
});
