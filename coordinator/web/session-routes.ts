import express, { type Request, type Response, Router } from 'express';
import { operatorRoutes } from '../../shared/protocol/status.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import { addressOf } from '../api/http/address.ts';
import type { Description } from '../api/http/endpoint.ts';
import { perMinute } from '../api/http/limits.ts';
import { named } from '../api/http/mount.ts';
import { describe } from './describe.ts';
import { refuseOtherSites, secretOf, sessionCookie } from './gate.ts';
import { pageHeaders } from './headers.ts';
import { codePage, codeRefusedPage, loginPage, passwordRefusedPage } from './login.ts';
import type { LoginPages } from './login-pages.ts';
import type { Passwords } from './passwords.ts';
import type { Session, Sessions } from './sessions.ts';

export interface SessionRouteOptions {
  sessions: Sessions;
  passwords: Passwords;
  /** Records sign-ins, sign-outs and refused attempts. */
  audit: (kind: 'login' | 'logout' | 'login-refused', message: LocalText) => void;
  /** Sign-in attempts, per minute and address. */
  tries: number;
}

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
  audited: 'when-known',
  answers: { 303: { description: 'To the login.' } },
};

/** API descriptions of the page's own routes. */
export const sessionEndpoints: readonly Description[] = [signIn, signOut];

/** The login page, sign-in and sign-out. */
export function sessionRouter(options: SessionRouteOptions, send: LoginPages): Router {
  const { sessions, audit, tries } = options;
  const router = Router();

  router.get(operatorRoutes.login, pageHeaders, async (request, response) => {
    const { code } = request.query;
    // Link prefetchers and chat previews only send GET, so the button redeems the code, not the link.
    if (typeof code === 'string') return send(request, response, ({ language }) => codePage(language, code), 200);
    await send(request, response, loginPage, 401);
  });

  const form = express.urlencoded({ extended: false, limit: '4kb' });
  const guards = [pageHeaders, perMinute(tries), refuseOtherSites, form];
  router.post(signIn.path, named(signIn), ...guards, async (request, response) => {
    const { code, password } = (request.body ?? {}) as Record<string, unknown>;
    const secret = await redeem(options, { code, password, address: addressOf(request) });
    if (secret === null) {
      audit('login-refused', refused(request));
      return send(request, response, typeof password === 'string' ? passwordRefusedPage : codeRefusedPage, 403);
    }
    audit('login', did(sessions.of(secret, addressOf(request)), request, { en: 'signed in', zh: '已登录' }));
    response.cookie(sessionCookie, secret, cookieOptions);
    response.redirect(303, operatorRoutes.page);
  });

  router.post(signOut.path, named(signOut), pageHeaders, refuseOtherSites, (request: Request, response: Response) => {
    const secret = secretOf(request);
    const session = sessions.of(secret, addressOf(request));
    if (session !== null) {
      response.locals.session = session;
      audit('logout', did(session, request, { en: 'signed out', zh: '已退出登录' }));
    }
    sessions.end(secret);
    response.clearCookie(sessionCookie, cookieOptions);
    response.redirect(303, operatorRoutes.login);
  });

  return router;
}

/** The secret of a new session; null: neither the code nor the password is valid. */
async function redeem(
  { sessions, passwords }: SessionRouteOptions,
  { code, password, address }: { code: unknown; password: unknown; address: string },
): Promise<string | null> {
  if (typeof password === 'string') {
    const role = await passwords.roleOf(password);
    return role === null ? null : sessions.open({ role, via: 'password' }, address);
  }
  return typeof code === 'string' ? sessions.redeem(code, address) : null;
}

function refused(request: Request): LocalText {
  const from = addressOf(request);
  return { en: `a sign-in from ${from} was refused`, zh: `拒绝了来自 ${from} 的登录` };
}

function did(session: Session | null, request: Request, what: LocalText): LocalText {
  const from = addressOf(request);
  return {
    en: `${describe(session)} from ${from} ${what.en}`,
    zh: `${describe(session, 'zh')}${what.zh}，来自 ${from}`,
  };
}
