import { parseCookie } from 'cookie';
import type { Request, RequestHandler } from 'express';
import { MusterError } from '../../shared/errors/errors.ts';
import { addressOf, noteKnown } from '../api/http/address.ts';
import { sha256 } from '../store/secrets.ts';
import { describe } from './describe.ts';
import type { Session, Sessions } from './sessions.ts';

export const sessionCookie = 'muster_session';

/** The session cookie's secret; empty without a cookie. */
export function secretOf(request: Request): string {
  return parseCookie(request.headers.cookie ?? '')[sessionCookie] ?? '';
}

/** The session of a request; null: not signed in. */
export function sessionOf(request: Request, sessions: Sessions): Session | null {
  return sessions.of(secretOf(request), addressOf(request));
}

/** Guards JSON routes: 401 without a session, 403 for changes by a viewer or from another site's page. */
export function requireSession(sessions: Sessions): RequestHandler {
  return (request, response, next) => {
    const session = sessionOf(request, sessions);
    if (session === null) {
      throw new MusterError('session-needed');
    }
    const sessionId = sha256(secretOf(request));
    noteKnown(request, sessionId);
    Object.assign(response.locals, { session, sessionId });
    response.locals.actor = describe(session);
    response.locals.isStillAdmitted = () => sessionOf(request, sessions) !== null;
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    refuseOtherSites(request, response, () => {
      if (session.role === 'operator') return next();
      throw new MusterError('operator-needed');
    });
  };
}

/** Records each change made with a session. */
export function recordChanges(
  record: (what: { session: Session; method: string; path: string; from: string }) => void,
): RequestHandler {
  return (request, response, next) => {
    const { method, path } = request;
    if (method !== 'GET' && method !== 'HEAD') {
      response.once('finish', () => {
        const { session } = response.locals;
        if (session !== undefined && response.statusCode < 400) {
          record({ session, method, path, from: addressOf(request) });
        }
      });
    }
    next();
  };
}

/**
 * Rejects forms from other sites' pages. Browsers send the origin with every POST; a request without it does not come
 * from a browser, so no session is abused. (SameSite=Strict also keeps the cookie from other sites.)
 */
export const refuseOtherSites: RequestHandler = (request, _response, next) => {
  const origin = request.get('Origin');
  const site = request.get('Sec-Fetch-Site');
  const own = origin === undefined || origin === `${request.protocol}://${request.get('Host')}`;
  if (own && (site === undefined || site === 'same-origin')) return next();
  throw new MusterError('other-site');
};
