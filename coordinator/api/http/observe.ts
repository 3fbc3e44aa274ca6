import type { Request, RequestHandler, Response } from 'express';
import onHeaders from 'on-headers';
import type { Logger } from '../../../shared/logger.ts';
import { actorHeader } from '../../../shared/protocol/operation.ts';
import { hostText } from '../../../shared/protocol/text.ts';
import type { Metrics } from '../../observing/metrics.ts';
import { addressOf } from './address.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Description } from './endpoint.ts';
import { accessOf } from './mount.ts';

const subjectText = hostText(64);
const kindText = hostText(32);

export interface ObserveOptions {
  auditTrail: AuditTrail;
  metrics: Metrics;
  log: Logger;
  /** The actor if there is neither a credential nor a session. */
  stranger: 'socket' | 'anyone';
}

/** Counts and logs each request, and writes the audit entry before the response is sent. Must run first. */
export function observe({ auditTrail, metrics, log, stranger }: ObserveOptions): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    onHeaders(response, () => {
      if (isAudited(request, response, stranger)) auditTrail.note(auditEntry(request, response, stranger));
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
  if (response.locals.isAudited === true) return false;
  if (request.method === 'GET' || request.method === 'HEAD' || response.statusCode === 429) return false;
  const endpoint = endpointOf(response);
  if (endpoint === undefined) return false;
  const { audited = 'always' } = endpoint;
  const isKnown = !isStranger(response, stranger);
  if ((audited === 'when-known' || accessOf(endpoint).includes('session')) && !isKnown) return false;
  return audited === 'always' || audited === 'when-known' || (audited === 'when-done' && response.statusCode < 400);
}

/** Neither the socket, nor a credential, nor a session. */
function isStranger({ locals }: Response, stranger: ObserveOptions['stranger']): boolean {
  return stranger === 'anyone' && locals.host === undefined && locals.session === undefined;
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
  // Strangers must not choose texts of the log.
  const asked = isStranger(response, stranger) ? {} : { name: params.name ?? body?.host, action: body?.action };
  const about: unknown = subject ?? asked.name ?? host ?? '';
  return {
    actor: session?.role ?? (host === undefined ? callerOf(request, stranger) : `host ${host}`),
    remote: addressOf(request),
    action: actionOf(endpointOf(response)?.id ?? `${method} ${route}`, asked.action),
    subject: typeof about === 'string' ? subjectText.parse(about) : '',
    status,
    outcome: problem ?? (status < 400 ? 'ok' : 'refused'),
  };
}
