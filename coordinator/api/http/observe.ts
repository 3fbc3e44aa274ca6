import type { Request, RequestHandler, Response } from 'express';
import onHeaders from 'on-headers';
import type { Logger } from '../../../shared/logger.ts';
import { actorHeader } from '../../../shared/protocol/operation.ts';
import { hostText } from '../../../shared/protocol/text.ts';
import type { Metrics } from '../../observing/metrics.ts';
import type { Store } from '../../store/store.ts';
import { addressOf } from './address.ts';
import type { Description } from './endpoint.ts';
import { accessOf } from './mount.ts';

const subjectText = hostText(64);
const kindText = hostText(32);

export interface ObserveOptions {
  store: Store;
  metrics: Metrics;
  log: Logger;
  now: () => Date;
  /** Who calls where no credential or session says it: `socket` or `anyone`. */
  stranger: 'socket' | 'anyone';
}

/** Counts and logs each request, and writes down who did what before the answer leaves. Stands first. */
export function observe({ store, metrics, log, now, stranger }: ObserveOptions): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    onHeaders(response, () => {
      if (isAudited(request, response, stranger)) {
        const entry = auditEntry(request, response, stranger);
        store.transaction(() => store.audit.add(now().getTime(), entry));
      }
    });
    response.once('close', () => {
      const seconds = (performance.now() - began) / 1000;
      const { method } = request;
      const { statusCode: status } = response;
      const route = routeOf(request);
      metrics.request({ method, route, status }, seconds);
      const { host, problem } = response.locals;
      if (problem !== undefined) metrics.refused(problem);
      // Each request would be formatted to be thrown away.
      if (log.isDebugEnabled())
        log.debug('request', {
          method,
          route,
          status,
          ms: Math.round(seconds * 1000),
          remote: addressOf(request),
          host,
        });
    });
    next();
  };
}

/** The route's pattern, never the path that was asked for: labels are bounded. */
function routeOf(request: Request): string {
  const path: unknown = request.route?.path;
  return typeof path === 'string' ? path : 'other';
}

/**
 * Everything that changes something, but what agents send all day; also what was refused. A join credential is asked for again and again
 * until there is one. A flood that the rate limit turns away leaves no trace.
 */
function isAudited(request: Request, response: Response, stranger: ObserveOptions['stranger']): boolean {
  if (request.method === 'GET' || request.method === 'HEAD' || response.statusCode === 429) return false;
  const endpoint = endpointOf(response);
  if (endpoint === undefined) return false;
  // Who is not signed in could fill the log.
  const needsSession = stranger === 'anyone' && accessOf(endpoint).includes('session');
  if (needsSession && response.locals.session === undefined) return false;
  const { audited = 'always' } = endpoint;
  return audited === 'always' || (audited === 'when-done' && response.statusCode < 400);
}

/** Where the router has found one. */
function endpointOf(response: Response): Description | undefined {
  return response.locals.endpoint;
}

/** Over the socket, the name that the command was called under, where it says one. */
function callerOf(request: Request, stranger: ObserveOptions['stranger']): string {
  const name = stranger === 'socket' ? subjectText.parse(request.get(actorHeader) ?? '') : '';
  return name === '' ? stranger : `${stranger} ${name}`;
}

/** "performAction:retire" where one endpoint does several things. */
function actionOf(endpoint: string, action: unknown): string {
  return typeof action === 'string' ? `${endpoint}:${kindText.parse(action)}` : endpoint;
}

function auditEntry(request: Request, response: Response, stranger: ObserveOptions['stranger']) {
  const { host, session, problem, subject } = response.locals;
  const { method, params, body } = request;
  const route = routeOf(request);
  const status = response.statusCode;
  const about: unknown = subject ?? params.name ?? body?.host ?? host ?? '';
  return {
    actor: session?.role ?? (host === undefined ? callerOf(request, stranger) : `host ${host}`),
    remote: addressOf(request),
    action: actionOf(endpointOf(response)?.id ?? `${method} ${route}`, body?.action),
    subject: typeof about === 'string' ? subjectText.parse(about) : '',
    status,
    outcome: problem ?? (status < 400 ? 'ok' : 'refused'),
  };
}
