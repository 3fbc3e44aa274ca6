import { randomUUID } from 'node:crypto';
import type { Target } from '../../shared/protocol/assignment.ts';
import type { Collection, CollectRequest } from '../../shared/protocol/collection.ts';
import type { News } from '../store/news.ts';

export type Collections = ReturnType<typeof createCollections>;

/** Open requests to hosts to collect support data. In memory only: a bundle is for the operator who waits for it. */
export function createCollections(news: News) {
  const open = new Map<string, { request: CollectRequest; done: (files: Collection['files']) => void }>();

  return {
    /** The request for this host, as part of its target. */
    targetFor(host: string): Pick<Target, 'collect'> {
      const collect = open.get(host)?.request;
      return collect === undefined ? {} : { collect };
    },
    /** Asks the host and waits for `ms`; null: no answer in time, or replaced by a newer request. */
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
    /** Whether a request with this id is open for the host. */
    awaits: (host: string, id: string): boolean => open.get(host)?.request.id === id,
    /** Receives a host's data; drops it if nothing waits for it. */
    receive(host: string, id: string, { files }: Collection): void {
      const waiting = open.get(host);
      if (waiting?.request.id === id) waiting.done(files);
    },
  };
}
