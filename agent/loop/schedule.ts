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

/**
 * Each minute, so that a request is carried out soon; up to 20 s apart, so that control planes do not start together.
 */
const backupLooks = '* * * * *';

/** Schedules the look whether a backup of the cluster is due. */
export function scheduleClusterBackups(look: () => Promise<void>): { stop(): void } {
  const options = { noOverlap: true, maxRandomDelay: 20_000, suppressMissedWarning: true };
  const task = cron.schedule(backupLooks, look, options);
  return { stop: () => void task.destroy() };
}

/** At three in the morning of this host, plus up to half an hour so that control planes differ. */
const quietHour = '0 3 * * *';

/** Schedules the work that waits for the night. */
export function scheduleQuietHour(work: () => Promise<void>): { stop(): void } {
  const task = cron.schedule(quietHour, work, { noOverlap: true, maxRandomDelay: 30 * 60_000 });
  return { stop: () => void task.destroy() };
}
