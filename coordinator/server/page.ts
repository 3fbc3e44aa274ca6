import type { Router } from 'express';
import type { Logger } from '../../shared/logger.ts';
import type { HostStatus } from '../../shared/protocol/status.ts';
import type { ClusterHead } from '../../shared/protocol/stream.ts';
import type { Language, LocalText } from '../../shared/text/local-text.ts';
import { actionRoutes } from '../routes/actions.ts';
import { eventRoutes } from '../routes/events.ts';
import { languageOf } from '../routes/language.ts';
import { type OperatorOptions, operatorOnlyRoutes, readRoutes, type Views } from '../routes/operator.ts';
import { pageApi } from '../routes/page.ts';
import { readNames } from '../view/status.ts';
import { createFeed, type Feed } from '../view/stream/feed.ts';
import { streamRoute } from '../view/stream/route.ts';
import { createAssets } from '../web/assets.ts';
import { admitted, requireSession, sessionOf } from '../web/gate.ts';
import { describe, pageRouter } from '../web/index.ts';
import type { Passwords } from '../web/passwords.ts';
import type { Sessions } from '../web/sessions.ts';
import type { Coordinator } from './coordinator.ts';

export interface PagesOptions extends OperatorOptions {
  coordinator: Coordinator;
  views: Views & { head: (language: Language) => ClusterHead };
  sessions: Sessions;
  passwords: Passwords;
  /** Tries to sign in, per minute and address. */
  tries: number;
  log: Logger;
  /** Ends the streams. */
  signal: AbortSignal;
}

/** Everything of the status page: its files, its login, and what it asks for. */
export function createPages(options: PagesOptions): Router[] {
  const { coordinator, views, sessions, passwords, tries, oneLiner, signal } = options;
  const { store, now } = coordinator;
  const feeds = new Map<Language, Feed>();

  function feed(language: Language): Feed {
    const known = feeds.get(language) ?? createFeed(feedSource(coordinator, views, language));
    feeds.set(language, known);
    return known;
  }

  function write(kind: string, host: string | null, message: LocalText): void {
    store.transaction(() => store.events.add(now().getTime(), kind, host, message));
  }

  const api = pageApi({
    requireSession: requireSession(sessions),
    audit: ({ session, method, path, from }) => {
      const host = /^\/v1\/hosts\/([^/]+)\/actions$/.exec(path)?.[1] ?? null;
      const what = `${method} ${path}`;
      write('page-action', host, {
        en: `${describe(session)} from ${from}: ${what}`,
        zh: `${describe(session, 'zh')}，来自 ${from}：${what}`,
      });
    },
    routers: [
      streamRoute({
        feed,
        language: languageOf,
        admitted: (request) => sessionOf(request, sessions) !== null,
        signal,
      }),
      eventRoutes(coordinator),
      readRoutes(coordinator, views),
      operatorOnlyRoutes(coordinator, { oneLiner, views }),
      actionRoutes(coordinator, { oneLiner, actor: (_request, response) => describe(admitted(response)) }),
    ],
  });
  const audit = (kind: string, message: LocalText) => write(kind, null, message);
  return [api, pageRouter({ sessions, passwords, assets: createAssets(), audit, tries })];
}

function feedSource(
  { store, plan, contacts, now }: Coordinator,
  views: {
    head: (language: Language) => ClusterHead;
    host: (name: string, language: Language) => HostStatus | undefined;
  },
  language: Language,
) {
  const stored = new Map<string, number>();
  return {
    now,
    names: () => readNames({ store, plan: plan() }),
    head: () => views.head(language),
    host: (name: string) => views.host(name, language),
    newestEvent: store.events.last,
    marks: () => {
      const rows = store.hosts.all();
      for (const { name, lastContactAt } of rows) stored.set(name, lastContactAt);
      return new Map(rows.map((row) => [row.name, markOf(row, store.observations.changes(row.name))]));
    },
    lastContact: (name: string) => {
      const at = stored.get(name);
      return at === undefined ? null : contacts.last(name, at);
    },
  };
}

/** Everything of a host's row but what every report changes. */
function markOf(row: object, changes: number): string {
  return JSON.stringify({ ...row, lastContactAt: null, lastReportAt: null, clockSkewMs: null, changes });
}
