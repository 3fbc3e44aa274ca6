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
  /** Seals revisions. Part of a backup; hosts do not know it. */
  secret: string;
  now: () => Date;
  log: Logger;
  news: News;
  /** Several coordinators: one with a lower revision was replaced by another. */
  standing: { state: () => string };
  superseded: () => void;
}

export type Fence = ReturnType<typeof createFence>;

/**
 * Quarantines a database that was restored from a backup, in which tokens and credentials revoked since are valid
 * again. Meanwhile nothing is minted, approved, enrolled or reset; reports are accepted. A quarantine starts when an
 * agent presents a newer revision than the store's, and only an operator ends it.
 */
export function createFence({ store, secret, now, log, news, standing, superseded }: FenceOptions) {
  const sealing = createSeal(secret);

  return {
    /** null: no quarantine. */
    state: (): Restored | null => store.revision.restored(),

    /** The sealed revision to send with a response. */
    seal: (): string => sealing.seal(store.revision.current()),

    /** Checks the revision that a known host presents; one without a valid seal is ignored. */
    hear(host: string, header: string | undefined): void {
      const seen = revisionNumber(header);
      if (header === undefined || seen === null) return;
      const own = store.revision.current();
      const known = store.revision.restored();
      if (seen <= Math.max(own, known?.seen ?? 0) || !sealing.isGenuine(header, seen)) return;
      if (standing.state() !== 'alone') {
        superseded();
        return;
      }
      const since = known?.since ?? now().getTime();
      store.transaction(() => {
        store.revision.markRestored({ own, seen, since });
        if (known !== null) return;
        store.events.add(since, 'database-restored', host, olderThanSeen(own, seen));
      });
      if (known !== null) return;
      log.error(
        'database was restored from a backup; enrolment and join credentials are stopped until it is confirmed',
        {
          own,
          seen,
          host,
          remedy: 'muster recover --restored',
        },
      );
      news.emit('targets');
    },

    /** Throws MusterError 503 `coordinator-restored` during the quarantine. */
    refuse(): void {
      if (store.revision.restored() === null) return;
      throw new MusterError('coordinator-restored');
    },

    notices: (): Notice[] => restoredNotices(store.revision.restored()),

    /** Confirms the restored database and ends the quarantine. false: there was none. */
    confirm(): boolean {
      const restored = store.revision.restored();
      if (restored === null) return false;
      store.transaction(() => {
        store.revision.confirm(restored);
        store.events.add(now().getTime(), 'database-confirmed', null, {
          en: 'restored database confirmed',
          zh: '已确认恢复的数据库',
        });
      });
      log.info('restored database confirmed', { revision: store.revision.current() });
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
        en: `The database was restored from a backup (revision ${own}; agents have seen ${seen}). Enrolment, joins and operations are stopped until you confirm it.`,
        zh: `数据库由备份恢复（修订号 ${own}，代理已见过 ${seen}）。在您确认之前，接入、加入和操作均已停止。`,
      },
      command: 'muster recover --restored',
    },
  ];
}

const olderThanSeen = (own: number, seen: number): LocalText => ({
  en: `database has revision ${own}, this host has seen ${seen}: it was restored from a backup`,
  zh: `数据库的修订号为 ${own}，该主机已见过 ${seen}：数据库由备份恢复`,
});
