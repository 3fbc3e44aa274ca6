import type { Request, RequestHandler } from 'express';
import type { Problem } from '../../shared/errors.ts';
import type { Sessions } from './sessions.ts';

export const sessionCookie = 'muster_session';

/** Does this request carry the cookie of a session that is open? */
export function signedIn(request: Request, sessions: Sessions): boolean {
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  const prefix = `${sessionCookie}=`;
  return cookies.some((cookie) => cookie.startsWith(prefix) && sessions.valid(cookie.slice(prefix.length)));
}

/** For JSON routes: without a session, a 401 problem. */
export function requireSession(sessions: Sessions): RequestHandler {
  return (request, response, next) => {
    if (signedIn(request, sessions)) return next();
    const problem: Problem = {
      code: 'session-needed',
      message: 'this needs a session of the status page',
      remedy: 'run `muster login` on the coordinator’s host and open the link that it prints',
    };
    response.status(401).set('Cache-Control', 'no-store').json(problem);
  };
}
