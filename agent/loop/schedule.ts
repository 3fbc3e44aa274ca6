import cron from 'node-cron';

/** Every five minutes, plus up to a minute so that the hosts of a cluster spread out. */
const every = '*/5 * * * *';
const jitter = 60_000;

/** Every 15 s: drift is to be noticed within 30 s. */
const looks = '*/15 * * * * *';

/** Schedules the search for signs of drift. */
export function scheduleDriftLooks(look: () => Promise<void>): { stop(): void } {
  const task = cron.schedule(looks, look, { noOverlap: true, maxRandomDelay: 5000, suppressMissedWarning: true });
  return { stop: () => void task.destroy() };
}

/** Schedules regular full checks: not every change on a host has a sign. */
export function scheduleRechecks(recheck: () => void): { stop(): void } {
  const task = cron.schedule(every, recheck, { noOverlap: true, maxRandomDelay: jitter, suppressMissedWarning: true });
  return { stop: () => void task.destroy() };
}
