import { randomUUID } from 'node:crypto';
import type { Target } from '../../shared/protocol/assignment.ts';
import type { Collection, CollectRequest } from '../../shared/protocol/collection.ts';
import type { News } from '../store/news.ts';

export type Collections = ReturnType<typeof createCollections>;

/** What hosts are being asked to collect. In memory only: a bundle is for the person who waits for it. */
export function createCollections(news: News) {
  const open = new Map<string, { request: CollectRequest; done: (files: Collection['files']) => void }>();

  return {
    /** What this host is asked for now. */
    targetFor(host: string): Pick<Target, 'collect'> {
      const collect = open.get(host)?.request;
      return collect === undefined ? {} : { collect };
    },
    /** Asks the host and waits; null: it did not answer in that time (or is asked anew). */
    async ask(host: string, ms: number): Promise<Collection['files'] | null> {
      const { promise, resolve } = Promise.withResolvers<Collection['files'] | null>();
      const request = { id: randomUUID() };
      open.set(host, { request, done: resolve });
      news.emit('target', host);
      const timer = setTimeout(() => resolve(null), ms);
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
        if (open.get(host)?.request === request) open.delete(host);
      }
    },
    /** Whether somebody waits for what this host sends under this id. */
    awaits: (host: string, id: string): boolean => open.get(host)?.request.id === id,
    /** Takes what a host sent; what nobody waits for is dropped. */
    receive(host: string, id: string, { files }: Collection): void {
      const waiting = open.get(host);
      if (waiting?.request.id === id) waiting.done(files);
    },
  };
}
