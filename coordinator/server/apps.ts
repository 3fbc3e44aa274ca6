import express, { type Express, type Request, type RequestHandler, Router } from 'express';
import { answeredByHeader, localHeader } from '../../shared/protocol/coordinators.ts';
import { observationRoutes } from '../../shared/protocol/observation.ts';
import { actorHeader } from '../../shared/protocol/operation.ts';
import { hostText } from '../../shared/protocol/text.ts';
import { agentEndpoints } from '../api/agents.ts';
import { noteKnown } from '../api/http/address.ts';
import { bearer, requireAgent, requireEnrolmentToken } from '../api/http/auth.ts';
import type { Description } from '../api/http/endpoint.ts';
import { errorHandler, notFound } from '../api/http/errors.ts';
import { perMinute } from '../api/http/limits.ts';
import { type Gates, mount } from '../api/http/mount.ts';
import { observe } from '../api/http/observe.ts';
import { inTurn } from '../api/http/turns.ts';
import { apiEndpoints } from '../api/index.ts';
import type { Parts } from '../api/parts.ts';
import { peerPath } from '../api/peers/peers.ts';
import { requireMetricsToken } from '../observing/metrics-token.ts';
import type { QuotaOptions } from '../store/quota.ts';
import { sha256 } from '../store/secrets.ts';
import { sessionEndpoints } from '../web/session-routes.ts';
import { limits } from './connections/limits.ts';

/** All endpoints except the status page and its assets. */
export const endpoints: readonly Description[] = [...apiEndpoints, ...sessionEndpoints];

function bare(): Express {
  const app = express();
  // Behind a proxy, the proxy is the client: forwarding headers are not trusted.
  app.set('trust proxy', false);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_request, response, next) => {
    response.set('X-Content-Type-Options', 'nosniff');
    next();
  });
  return app;
}

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/** Many hosts can share one address: only requests without a known token are limited by address. */
const hasKnownToken =
  ({ store }: Pick<Parts, 'store'>) =>
  (request: Request): boolean => {
    const token = bearer(request);
    return token !== null && store.tokens.get(sha256(token)) !== undefined;
  };

/**
 * The HTTPS app for agents, the installer and signed-in browsers. `pages`: mounted at the root; `enrolmentLimit`:
 * requests with an unknown token per minute and address; `agentLoad`: of each host.
 */
export function createApp(
  parts: Parts,
  pages: readonly Router[],
  enrolmentLimit: number,
  agentLoad: QuotaOptions = limits.agents,
): Express {
  const app = bare();
  const requireToken: RequestHandler = (request, _response, next) => {
    requireMetricsToken(parts.store, bearer(request));
    noteKnown(request, 'metrics');
    next();
  };
  const gates: Gates = {
    'host-credential': [requireAgent(parts, agentLoad)],
    'enrolment-token': [perMinute(enrolmentLimit, hasKnownToken(parts)), requireEnrolmentToken],
    'metrics-token': [perMinute(limits.metricsReadings), requireToken],
    anyone: [],
  };
  app.use((...call) => parts.peers.hear(...call));
  app.use(observe({ ...parts, stranger: 'anyone' }), inTurn);
  // First, because reports are most of the traffic.
  app.use(mount(agentEndpoints, gates, parts));
  app.use(['/v1', ...Object.values(observationRoutes)], noStore);
  const others = apiEndpoints.filter((endpoint) => !agentEndpoints.includes(endpoint));
  app.use(mount(others, gates, parts));
  app.use((...call) => parts.peers.toActive('browser')(...call));
  for (const router of pages) app.use(router);
  app.use(notFound, errorHandler(parts.log));
  return app;
}

/** The app for a separate listener that serves only the status page. */
export function createPageApp(parts: Parts, pages: readonly Router[]): Express {
  const app = bare();
  app.use(observe({ ...parts, stranger: 'anyone' }), inTurn);
  app.use('/v1', noStore);
  app.use((...call) => parts.peers.toActive('browser')(...call));
  for (const router of pages) app.use(router);
  app.use(notFound, errorHandler(parts.log));
  return app;
}

const named =
  ({ controlPlane, standing }: Pick<Parts, 'controlPlane' | 'standing'>): RequestHandler =>
  (_request, response, next) => {
    if (standing.state() !== 'alone') response.set(answeredByHeader, controlPlane());
    next();
  };

const actorText = hostText(64);

/** Whoever can open the socket has root's power; the name is the user who ran the command. */
function actorOf(request: Request): string {
  return actorText.parse(request.get(actorHeader) ?? '') || 'root';
}

const asOwner: RequestHandler = (request, response, next) => {
  response.locals.actor = actorOf(request);
  next();
};

/** Answered by each coordinator for itself. */
const ownRoutes: readonly string[] = [observationRoutes.health, observationRoutes.ready, observationRoutes.metrics];

/** The operator's app, for a Unix socket whose file mode restricts access. */
export function createOperatorApp(parts: Parts): Express {
  const app = bare();
  const send = (...[request, response, next]: Parameters<RequestHandler>) =>
    ownRoutes.includes(request.path) || request.get(localHeader) !== undefined
      ? next()
      : parts.peers.toActive('operator')(request, response, next);
  app.use(send, operatorRouter(parts));
  // For what `send` refuses.
  app.use(errorHandler(parts.log));
  return app;
}

/** The operator's app for other coordinators, which send on what their operators ask. */
export function createPeerApp(parts: Parts): Express {
  const app = bare();
  app.use(peerPath, (...call) => parts.peers.require(...call), operatorRouter(parts));
  app.use(notFound, errorHandler(parts.log));
  return app;
}

function operatorRouter(parts: Parts): Router {
  const router = Router();
  router.use(noStore, named(parts));
  router.use(observe({ ...parts, stranger: 'socket' }));
  router.use(mount(apiEndpoints, { socket: [asOwner], session: [asOwner] }, parts));
  router.use(notFound, errorHandler(parts.log));
  return router;
}
