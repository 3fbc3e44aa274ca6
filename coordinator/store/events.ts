import type { DatabaseSync } from 'node:sqlite';
import type { Event } from '../../shared/protocol/status.ts';
import type { Language, LocalText } from '../../shared/text/local-text.ts';

export interface EventFilter {
  /** Events after this sequence number. */
  after?: number | undefined;
  host?: string | undefined;
  kind?: string | undefined;
  /** Milliseconds since the epoch; older events are omitted. */
  since?: number | undefined;
}

const columns = 'seq, at, host, kind, message, message_zh AS zh';

/** Events of the cluster, for people: enrolments, joins, changes. Never contains secrets. */
export function eventStore(db: DatabaseSync) {
  const insert = db.prepare('INSERT INTO events (at, host, kind, message, message_zh) VALUES (?, ?, ?, ?, ?)');
  const matching = `FROM events WHERE seq > :after AND (:host IS NULL OR host = :host)
    AND (:kind IS NULL OR kind = :kind) AND at >= :since`;
  const newest = db.prepare(
    `SELECT * FROM (SELECT ${columns} ${matching} ORDER BY seq DESC LIMIT :count) ORDER BY seq`,
  );
  const oldest = db.prepare(`SELECT ${columns} ${matching} ORDER BY seq LIMIT :count`);
  const prune = db.prepare(
    'DELETE FROM events WHERE seq <= (SELECT seq FROM events ORDER BY seq DESC LIMIT 1 OFFSET ?)',
  );

  const last = db.prepare('SELECT max(seq) AS seq FROM events');

  return {
    /** The newest sequence number; 0 without events. */
    last: (): number => Number(last.get()?.seq ?? 0),
    /** A string message is used for all languages. */
    add(at: number, kind: string, host: string | null, message: LocalText | string): void {
      const { en, zh } = typeof message === 'string' ? { en: message, zh: null } : message;
      insert.run(at, host, kind, en, zh);
    },
    /** The newest `count`, oldest first. */
    newest(count: number, language: Language = 'en', filter: EventFilter = {}): Event[] {
      return newest.all({ ...named(filter), count }).map((row) => eventOf(row, language));
    },
    /** The first `count` matches, oldest first, so that readers can continue from `after` without a gap. */
    next(count: number, language: Language, filter: EventFilter): Event[] {
      return oldest.all({ ...named(filter), count }).map((row) => eventOf(row, language));
    },
    /** Keeps the newest `count` events. */
    prune: (count: number) => void prune.run(count),
  };
}

function named({ after = 0, host = undefined, kind = undefined, since = 0 }: EventFilter) {
  return { after, host: host ?? null, kind: kind ?? null, since };
}

function eventOf(row: Record<string, unknown>, language: Language): Event {
  const { at, zh, message, ...rest } = row;
  const text = language === 'zh' && zh !== null ? zh : message;
  return { ...rest, message: text, at: new Date(Number(at)).toISOString() } as Event;
}
