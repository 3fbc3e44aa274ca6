import type { Store } from '../store/store.ts';

export type Contacts = ReturnType<typeof createContacts>;

/**
 * The time of each host's last contact. Polls are too frequent for a disk sync each, so contacts are kept in memory and
 * stored periodically; after a crash the time of the last report is used.
 */
export function createContacts(store: Store, now: () => Date) {
  const seen = new Map<string, number>();
  return {
    saw: (host: string) => void seen.set(host, now().getTime()),
    /** Milliseconds since the epoch; `stored` is the database's value. */
    last: (host: string, stored: number) => Math.max(seen.get(host) ?? 0, stored),
    flush(): void {
      if (seen.size === 0) return;
      store.transaction(() => {
        for (const [host, at] of seen) store.hosts.touch(host, at);
      });
      seen.clear();
    },
  };
}
