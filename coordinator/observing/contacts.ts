import type { Store } from '../store/store.ts';

export type Contacts = ReturnType<typeof createContacts>;

/**
 * When each host was last heard of. Polls are too many to be worth a sync of the disk each, so they are kept here and written down
 * now and then; after a crash the last report's time stands in.
 */
export function createContacts(store: Store, now: () => Date) {
  const seen = new Map<string, number>();
  return {
    saw: (host: string) => void seen.set(host, now().getTime()),
    /** Milliseconds since the epoch; `stored` is what the database says. */
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
