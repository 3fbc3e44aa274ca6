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
  /** The actor if there is neither a credential nor a session. */
  stranger: 'socket' | 'anyone';
}

/** Counts and logs each request, and writes the audit entry before the response is sent. Must run first. */
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
      // Skips formatting for discarded entries.
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

/** The route's pattern, not the requested path: metric labels must be bounded. */
function routeOf(request: Request): string {
  const path: unknown = request.route?.path;
  return typeof path === 'string' ? path : 'other';
}

/**
 * Audits requests that change something, also refused ones, according to the endpoint's `audited`. Rate-limited
 * requests are not recorded.
 */
function isAudited(request: Request, response: Response, stranger: ObserveOptions['stranger']): boolean {
  if (request.method === 'GET' || request.method === 'HEAD' || response.statusCode === 429) return false;
  const endpoint = endpointOf(response);
  if (endpoint === undefined) return false;
  // Unauthenticated clients could fill the log.
  const needsSession = stranger === 'anyone' && accessOf(endpoint).includes('session');
  if (needsSession && response.locals.session === undefined) return false;
  const { audited = 'always' } = endpoint;
  return audited === 'always' || (audited === 'when-done' && response.statusCode < 400);
}

/** undefined if no route matched. */
function endpointOf(response: Response): Description | undefined {
  return response.locals.endpoint;
}

/** Over the socket, with the user who ran the command, if sent. */
function callerOf(request: Request, stranger: ObserveOptions['stranger']): string {
  const name = stranger === 'socket' ? subjectText.parse(request.get(actorHeader) ?? '') : '';
  return name === '' ? stranger : `${stranger} ${name}`;
}

/** "performAction:retire" for an endpoint with several actions. */
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
