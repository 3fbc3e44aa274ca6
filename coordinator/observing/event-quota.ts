import type { ReportEvent } from './report-events.ts';

/**
 * Events that a host may cause at once; the quota refills by one event per `refillMs`. A reset or rejoin causes about
 * 30.
 */
const burst = 60;
const refillMs = 30_000;

const limited: ReportEvent = {
  kind: 'events-limited',
  message: {
    en: `more than ${burst} events at once: further events of this host are not recorded for now`,
    zh: `一次超过 ${burst} 个事件：暂不记录该主机的更多事件`,
  },
};

export type EventQuota = ReturnType<typeof createEventQuota>;

/**
 * Limits the events that a host's reports cause, so that one host can neither fill the disk nor displace other events.
 */
export function createEventQuota() {
  const spent = new Map<string, { count: number; at: number }>();

  return {
    /**
     * The events to record at `at` (milliseconds since the epoch). The first event over the quota is replaced by a
     * notice.
     */
    grant(host: string, events: readonly ReportEvent[], at: number): readonly ReportEvent[] {
      if (events.length === 0) return events;
      const { count, at: since } = spent.get(host) ?? { count: 0, at };
      const left = Math.max(0, count - (at - since) / refillMs);
      const granted = events.slice(0, Math.max(0, Math.floor(burst - left)));
      const isExceeded = granted.length < events.length;
      spent.set(host, { count: Math.min(burst + 1, left + events.length), at });
      return isExceeded && left <= burst ? [...granted, limited] : granted;
    },
  };
}
