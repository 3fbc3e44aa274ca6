import { type RequestHandler, Router } from 'express';
import { operatorRoutes } from '../../shared/protocol/status.ts';
import type { Session } from '../web/sessions.ts';

/** What a browser with a session may ask for; whatever else the operator's socket offers stays there. */
const allowed: readonly (readonly [method: string, path: RegExp])[] = [
  ['GET', exactly(operatorRoutes.status)],
  ['GET', exactly(operatorRoutes.stream)],
  ['GET', exactly(operatorRoutes.plan, '(/differences)?')],
  ['GET', exactly(operatorRoutes.events)],
  ['GET', exactly(operatorRoutes.tokens)],
  ['GET', exactly(operatorRoutes.operations)],
  ['GET', exactly(operatorRoutes.hosts, '/[^/]+(/\\w+)?')],
  ['POST', exactly(operatorRoutes.tokens)],
  ['DELETE', exactly(operatorRoutes.tokens, '/[^/]+')],
  ['POST', exactly(operatorRoutes.hosts, '/[^/]+/actions')],
];

function exactly(path: string, rest = ''): RegExp {
  return new RegExp(`^${path}${rest}$`);
}

export interface PageRoutesOptions {
  requireSession: RequestHandler;
  /** Called for each change that was made, with who made it. */
  audit: (what: { session: Session; method: string; path: string; from: string }) => void;
  routers: readonly Router[];
}

/** The operator's routes for the page: behind a session, and every change written down with who made it. */
export function pageApi({ requireSession, audit, routers }: PageRoutesOptions): Router {
  const router = Router();
  router.use((request, response, next) => {
    const { method, path } = request;
    if (!allowed.some(([wanted, pattern]) => wanted === method && pattern.test(path))) return next('router');
    if (method !== 'GET') {
      response.once('finish', () => {
        const { session } = response.locals;
        const from = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
        if (session !== undefined && response.statusCode < 400) audit({ session, method, path, from });
      });
    }
    requireSession(request, response, next);
  });
  for (const one of routers) router.use(one);
  return router;
}
