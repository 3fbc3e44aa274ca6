import express, { type Request, type Response, Router } from 'express';
import { operatorRoutes } from '../../shared/protocol/status.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import { addressOf } from '../api/http/address.ts';
import type { Description } from '../api/http/endpoint.ts';
import { languageOf } from '../api/http/language.ts';
import { perMinute } from '../api/http/limits.ts';
import { named } from '../api/http/mount.ts';
import type { PageAssets } from './assets.ts';
import { describe } from './describe.ts';
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

const signIn: Description = {
  id: 'signIn',
  method: 'post',
  path: operatorRoutes.login,
  access: 'anyone',
  summary: 'A form with the field `code`, of a login link, or `password`.',
  answers: { 303: { description: 'Signed in, by a cookie.' } },
};

const signOut: Description = {
  id: 'signOut',
  method: 'post',
  path: '/logout',
  access: 'anyone',
  summary: 'Ends the session of the cookie.',
  answers: { 303: { description: 'To the login.' } },
};

/** What the API's document says of the page's own routes. */
export const sessionEndpoints: readonly Description[] = [signIn, signOut];

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
  router.post(
    signIn.path,
    named(signIn),
    pageHeaders,
    perMinute(tries),
    refuseOtherSites,
    form,
    async (request, response) => {
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
    },
  );

  router.post(signOut.path, named(signOut), pageHeaders, refuseOtherSites, (request, response) => {
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

function came(session: Session | null, request: Request, what: LocalText): LocalText {
  const from = addressOf(request);
  return {
    en: `${describe(session)} from ${from} ${what.en}`,
    zh: `${describe(session, 'zh')}${what.zh}，来自 ${from}`,
  };
}
