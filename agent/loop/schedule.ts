import cron from 'node-cron';

/** Every five minutes; up to a minute later, so that the hosts of a cluster don't all look at one moment. */
const every = '*/5 * * * *';
const jitter = 60_000;

/** Twice in what a drift may last: the seconds at which the few signs of it are looked at. */
const looks = '*/15 * * * * *';

/** Looks for signs of drift. */
export function scheduleDriftLooks(look: () => Promise<void>): { stop(): void } {
  const task = cron.schedule(looks, look, { noOverlap: true, maxRandomDelay: 5000, suppressMissedWarning: true });
  return { stop: () => void task.destroy() };
}

/** Looks at everything again from time to time: what has changed on a host tells nobody. */
export function scheduleRechecks(recheck: () => void): { stop(): void } {
  const task = cron.schedule(every, recheck, { noOverlap: true, maxRandomDelay: jitter, suppressMissedWarning: true });
  return { stop: () => void task.destroy() };
}
