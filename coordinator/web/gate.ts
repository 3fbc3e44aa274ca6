import { parseCookie } from 'cookie';
import type { Request, RequestHandler } from 'express';
import { MusterError } from '../../shared/errors/errors.ts';
import { addressOf } from '../api/http/address.ts';
import { describe } from './describe.ts';
import type { Session, Sessions } from './sessions.ts';

export const sessionCookie = 'muster_session';

/** The secret in the session's cookie; empty: there is none. */
export function secretOf(request: Request): string {
  return parseCookie(request.headers.cookie ?? '')[sessionCookie] ?? '';
}

/** The session of the request; null: not signed in. */
export function sessionOf(request: Request, sessions: Sessions): Session | null {
  return sessions.of(secretOf(request));
}

/** For JSON routes: 401 without a session, 403 for a viewer or another site's page that wants to change something. */
export function requireSession(sessions: Sessions): RequestHandler {
  return (request, response, next) => {
    const session = sessionOf(request, sessions);
    if (session === null) {
      throw new MusterError('session-needed');
    }
    response.locals.session = session;
    response.locals.actor = describe(session);
    response.locals.isStillAdmitted = () => sessionOf(request, sessions) !== null;
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    refuseOtherSites(request, response, () => {
      if (session.role === 'operator') return next();
      throw new MusterError('operator-needed');
    });
  };
}

/** Has each change written down that was made with a session. */
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
 * Refuses what another site's page sent. Every browser says on a POST which page it comes from; what says nothing is no browser, and then
 * no session is abused. (The cookie is not sent from other sites either: SameSite=Strict.)
 */
export const refuseOtherSites: RequestHandler = (request, _response, next) => {
  const origin = request.get('Origin');
  const site = request.get('Sec-Fetch-Site');
  const own = origin === undefined || origin === `${request.protocol}://${request.get('Host')}`;
  if (own && (site === undefined || site === 'same-origin')) return next();
  throw new MusterError('other-site');
};
