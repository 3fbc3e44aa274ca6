import type { Language } from '../../shared/text/local-text.ts';
import type { Coordinator, Views } from '../api/parts.ts';
import { readNames } from '../view/status.ts';
import { createFeed, type Feed, type FeedSource } from '../view/stream/feed.ts';

/** One feed of changes per language, created on first use. */
export function createFeeds(coordinator: Coordinator, views: Views): (language: Language) => Feed {
  const feeds = new Map<Language, Feed>();
  return (language) => {
    const known = feeds.get(language) ?? createFeed(feedSource(coordinator, views, language));
    feeds.set(language, known);
    return known;
  };
}

function feedSource(
  { store, plan, contacts, now }: Coordinator,
  views: Pick<Views, 'head' | 'hosts'>,
  language: Language,
): FeedSource {
  const stored = new Map<string, number>();
  return {
    now,
    names: () => readNames({ store, plan: plan() }),
    head: () => views.head(language),
    newestEvent: store.events.last,
    look: () => {
      const rows = store.hosts.all();
      for (const { name, lastContactAt } of rows) stored.set(name, lastContactAt);
      const marks = new Map(rows.map((row) => [row.name, markOf(row, store.observations.changes(row.name))]));
      return { mark: (name) => marks.get(name), host: views.hosts(language) };
    },
    lastContact: (name) => {
      const at = stored.get(name);
      return at === undefined ? null : contacts.last(name, at);
    },
  };
}

/** The host's row without the fields that every report changes. */
function markOf(row: object, changes: number): string {
  return JSON.stringify({ ...row, lastContactAt: null, lastReportAt: null, clockSkewMs: null, changes });
}
