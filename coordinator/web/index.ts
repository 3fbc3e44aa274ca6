import express, { type Request, type Response, Router } from 'express';
import type { Language, LocalText } from '../../shared/text/local-text.ts';
import { languageOf } from '../routes/language.ts';
import { perMinute } from '../routes/limits.ts';
import type { PageAssets } from './assets.ts';
import { appDocument, plainDocument } from './document.ts';
import { refuseOtherSites, secretOf, sessionCookie, sessionOf } from './gate.ts';
import { pageHeaders } from './headers.ts';
import { markupOf } from './html.ts';
import { codePage, codeRefusedPage, type LoginPage, loginPage, passwordRefusedPage } from './login.ts';
import type { Passwords } from './passwords.ts';
import type { Session, Sessions } from './sessions.ts';

export interface PageOptions {
  sessions: Sessions;
  passwords: Passwords;
  assets: PageAssets;
  /** Writes down who came in, left or was refused. */
  audit: (kind: 'login' | 'logout' | 'login-refused', message: LocalText) => void;
  /** Tries to sign in, per minute and address. */
  tries: number;
}

/** Paths that the page's script knows what to show for. */
const views = ['/', '/timeline', '/events', '/plan', '/tokens', '/hosts/:name'];
const cookieOptions = { httpOnly: true, secure: true, sameSite: 'strict', path: '/' } as const;

/** The status page and its login; to be mounted at the root. Everything but the login and the assets needs a session. */
export function pageRouter({ sessions, passwords, assets, audit, tries }: PageOptions): Router {
  const router = Router();
  router.use(assets.routes(pageHeaders));

  router.get(views, pageHeaders, async (request, response) => {
    const session = sessionOf(request, sessions);
    if (session === null) return plain(request, response, loginPage(await situation(request)), 401);
    response.vary('Accept-Language').type('html');
    response.send(markupOf(appDocument(languageOf(request), session.role, await assets.paths())));
  });

  router.get('/login', pageHeaders, async (request, response) => {
    const { code } = request.query;
    // A link's prefetcher or a chat's preview only ever GETs: the code is spent by the button, not by the link.
    if (typeof code === 'string') return plain(request, response, codePage(languageOf(request), code), 200);
    await plain(request, response, loginPage(await situation(request)), 401);
  });

  const form = express.urlencoded({ extended: false, limit: '4kb' });
  router.post('/login', pageHeaders, perMinute(tries), refuseOtherSites, form, async (request, response) => {
    const { code, password } = (request.body ?? {}) as Record<string, unknown>;
    const secret = typeof password === 'string' ? await byPassword(password) : redeem(code);
    if (secret === null) {
      audit('login-refused', {
        en: `a sign-in from ${addressOf(request)} was refused`,
        zh: `拒绝了来自 ${addressOf(request)} 的登录`,
      });
      const page = typeof password === 'string' ? passwordRefusedPage : codeRefusedPage;
      return plain(request, response, page(await situation(request)), 403);
    }
    audit('login', came(sessions.of(secret), request, { en: 'has signed in', zh: '已登录' }));
    response.cookie(sessionCookie, secret, cookieOptions);
    response.redirect(303, '/');
  });

  router.post('/logout', pageHeaders, refuseOtherSites, (request, response) => {
    const secret = secretOf(request);
    const session = sessions.of(secret);
    if (session !== null) audit('logout', came(session, request, { en: 'has signed out', zh: '已退出登录' }));
    sessions.end(secret);
    response.clearCookie(sessionCookie, cookieOptions);
    response.redirect(303, '/login');
  });

  async function byPassword(password: string): Promise<string | null> {
    const role = await passwords.roleOf(password);
    return role === null ? null : sessions.open({ role, via: 'password' });
  }

  function redeem(code: unknown): string | null {
    return typeof code === 'string' ? sessions.redeem(code) : null;
  }

  async function situation(request: Request) {
    return { language: languageOf(request), password: await passwords.any() };
  }

  async function plain(request: Request, response: Response, page: LoginPage, status: number): Promise<void> {
    const markup = markupOf(plainDocument(page.title, languageOf(request), await assets.paths(), page.content));
    response.vary('Accept-Language').status(status).type('html').send(markup);
  }

  return router;
}

const roles: Record<Session['role'], LocalText> = {
  operator: { en: 'an operator', zh: '操作员' },
  viewer: { en: 'a viewer', zh: '只读用户' },
};

const ways: Record<Session['via'], LocalText> = {
  link: { en: 'link', zh: '一次性链接' },
  password: { en: 'password', zh: '密码' },
};

/** "an operator (password)": how an event names who did something on the page. */
export function describe(session: Session | null, language: Language = 'en'): string {
  if (session === null) return { en: 'nobody', zh: '无人' }[language];
  const [role, way] = [roles[session.role], ways[session.via]];
  return { en: `${role.en} (${way.en})`, zh: `${role.zh}（${way.zh}）` }[language];
}

function came(session: Session | null, request: Request, what: LocalText): LocalText {
  const from = addressOf(request);
  return {
    en: `${describe(session)} from ${from} ${what.en}`,
    zh: `${describe(session, 'zh')}${what.zh}，来自 ${from}`,
  };
}

export function addressOf(request: Request): string {
  return (request.socket.remoteAddress ?? 'somewhere').replace(/^::ffff:/, '');
}
