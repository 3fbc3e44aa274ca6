import { MusterError } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Notice } from '../../shared/protocol/notice.ts';
import { revisionNumber } from '../../shared/protocol/revision.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { News } from '../store/news.ts';
import type { Restored } from '../store/revision.ts';
import type { Store } from '../store/store.ts';
import { createSeal } from './seal.ts';

export interface FenceOptions {
  store: Store;
  /** What seals revisions: a secret that a restored copy has as well, and that no host has. */
  secret: string;
  now: () => Date;
  log: Logger;
  news: News;
}

export type Fence = ReturnType<typeof createFence>;

/**
 * Stands between a database that was restored from a copy and the hosts: tokens and credentials that were revoked after the copy was made
 * stand in it as good. While it is up nothing is minted, approved, enrolled, asked for or reset; reports are taken in. It goes up when an
 * agent brings a newer revision than the store has, and down by an operator's word only.
 */
export function createFence({ store, secret, now, log, news }: FenceOptions) {
  const sealing = createSeal(secret);

  return {
    /** null: it is down. */
    state: (): Restored | null => store.revision.restored(),

    /** The revision to send with an answer. */
    seal: (): string => sealing.seal(store.revision.current()),

    /** Takes in what a known host says that it has seen. What this coordinator did not seal counts for nothing. */
    hear(host: string, header: string | undefined): void {
      const seen = revisionNumber(header);
      if (header === undefined || seen === null) return;
      const own = store.revision.current();
      const known = store.revision.restored();
      if (seen <= Math.max(own, known?.seen ?? 0) || !sealing.isGenuine(header, seen)) return;
      const since = known?.since ?? now().getTime();
      store.transaction(() => {
        store.revision.markRestored({ own, seen, since });
        if (known !== null) return;
        store.events.add(since, 'database-restored', host, olderThanSeen(own, seen));
      });
      if (known !== null) return;
      log.error('the database was restored from a copy: nothing is minted or enrolled until it is confirmed', {
        own,
        seen,
        host,
        remedy: 'muster recover --restored',
      });
      news.emit('targets');
    },

    /** Throws 503 `coordinator-restored` while it is up. */
    refuse(): void {
      if (store.revision.restored() === null) return;
      throw new MusterError('coordinator-restored');
    },

    notices: (): Notice[] => restoredNotices(store.revision.restored()),

    /** The operator's word: what stands in the copy is trusted. false: it was not up. */
    confirm(): boolean {
      const restored = store.revision.restored();
      if (restored === null) return false;
      store.transaction(() => {
        store.revision.confirm(restored);
        store.events.add(now().getTime(), 'database-confirmed', null, {
          en: 'the restored database was confirmed',
          zh: '恢复的数据库已得到确认',
        });
      });
      log.info('the restored database was confirmed', { revision: store.revision.current() });
      news.emit('targets');
      return true;
    },
  };
}

function restoredNotices(restored: Restored | null): Notice[] {
  if (restored === null) return [];
  const { own, seen } = restored;
  return [
    {
      code: 'coordinator-restored',
      text: {
        en: `the database is a copy from before (revision ${own}; ${seen} has been seen): nothing is minted, enrolled or reset until you confirm it`,
        zh: `数据库是较早的副本（版本号 ${own}，曾见过 ${seen}）：在您确认之前，不会签发凭据、不会接纳新主机，也不会重置任何主机`,
      },
      command: 'muster recover --restored',
    },
  ];
}

const olderThanSeen = (own: number, seen: number): LocalText => ({
  en: `the database is older than what this host has seen: revision ${own}, not ${seen}`,
  zh: `数据库比该主机见过的更旧：版本号为 ${own}，而非 ${seen}`,
});
