import type { Router } from 'express';
import type { LocalText } from '../../shared/text/local-text.ts';
import { mount } from '../api/http/mount.ts';
import { apiEndpoints } from '../api/index.ts';
import type { Parts } from '../api/parts.ts';
import { createQuota } from '../store/quota.ts';
import { createAssets } from '../web/assets.ts';
import { describe } from '../web/describe.ts';
import { recordChanges, requireSession } from '../web/gate.ts';
import { pageRouter } from '../web/index.ts';
import type { Passwords } from '../web/passwords.ts';
import type { Sessions } from '../web/sessions.ts';

/** Events of refused sign-ins, from all addresses together: they must not displace other events. */
const refusedSignIns = { burst: 20, refillMs: 60_000 };

export interface PagesOptions {
  sessions: Sessions;
  passwords: Passwords;
  /** Sign-in attempts, per minute and address. */
  tries: number;
}

/** The status page: its assets, its login and the API that it uses. */
export function createPages(parts: Parts, { sessions, passwords, tries }: PagesOptions): Router[] {
  const { store, now } = parts;

  function write(kind: string, host: string | null, message: LocalText): void {
    store.transaction(() => store.events.add(now().getTime(), kind, host, message));
  }

  const record = recordChanges(({ session, method, path, from }) => {
    const host = /^\/v1\/hosts\/([^/]+)\/actions$/.exec(path)?.[1] ?? null;
    const what = `${method} ${path}`;
    write('page-action', host, {
      en: `${describe(session)} from ${from}: ${what}`,
      zh: `${describe(session, 'zh')}，来自 ${from}：${what}`,
    });
  });
  const quota = createQuota(refusedSignIns);
  function audit(kind: string, message: LocalText): void {
    if (kind !== 'login-refused' || quota.take(kind, now().getTime())) write(kind, null, message);
  }
  return [
    mount(apiEndpoints, { session: [record, requireSession(sessions)] }, parts),
    pageRouter({ sessions, passwords, assets: createAssets(), audit, tries }),
  ];
}
