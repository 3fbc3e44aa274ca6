import { z } from 'zod';
import { auditEntrySchema } from '../../shared/protocol/audit.ts';
import {
  auditQuerySchema,
  type MetricsToken,
  metricsTokenSchema,
  observationRoutes,
  readinessSchema,
} from '../../shared/protocol/observation.ts';
import { createMetricsToken } from '../observing/metrics-token.ts';
import { endpoint } from './http/endpoint.ts';

const text = 'text/plain; charset=utf-8';
/** Maximum number of entries in one response. */
const shownAudit = 1000;

/** Endpoints for monitoring the coordinator. */
export const observationEndpoints = [
  endpoint({
    id: 'getHealth',
    method: 'get',
    path: observationRoutes.health,
    access: ['anyone', 'socket'],
    summary: 'Liveness: the process answers requests.',
    answers: { 200: { description: 'ok', type: text } },
    respond: (_parts, { response }) => void response.type('text').send('ok\n'),
  }),
  endpoint({
    id: 'getReadiness',
    method: 'get',
    path: observationRoutes.ready,
    access: ['anyone', 'socket'],
    summary: 'Readiness: the database is writable and the plan is valid.',
    answers: {
      200: { description: 'Ready.', schema: readinessSchema },
      503: { description: 'Not ready; see `checks`.', schema: readinessSchema },
    },
    respond({ readiness }, { response }) {
      const answer = readiness();
      response.status(answer.ready ? 200 : 503).json(answer);
    },
  }),
  endpoint({
    id: 'getMetrics',
    method: 'get',
    path: observationRoutes.metrics,
    access: ['metrics-token', 'socket'],
    summary: 'Returns metrics in Prometheus’ text format.',
    answers: { 200: { description: 'Text format 0.0.4.', type: text } },
    async respond({ metrics, counted }, { response }) {
      const read = await metrics.read(await counted());
      response.type(metrics.contentType).send(read);
    },
  }),
  endpoint({
    id: 'getApi',
    method: 'get',
    path: observationRoutes.api,
    access: ['anyone', 'socket'],
    summary: 'Returns this document.',
    answers: { 200: { description: 'OpenAPI 3.1.', schema: z.object({ openapi: z.string() }) } },
    answer: ({ document }) => document(),
  }),
  endpoint({
    id: 'createMetricsToken',
    method: 'post',
    path: observationRoutes.metricsTokens,
    access: 'socket',
    needs: 'active',
    summary: 'Creates the scrape token of /metrics and revokes the previous one.',
    answers: { 201: { description: 'Shown once.', schema: metricsTokenSchema } },
    answer: ({ store, url }): MetricsToken => ({ token: createMetricsToken(store), url: url() }),
  }),
  endpoint({
    id: 'listAudit',
    method: 'get',
    path: observationRoutes.audit,
    access: 'socket',
    summary: 'Lists the newest 1,000 audit entries: time, operator, address, action, result.',
    query: auditQuerySchema,
    answers: { 200: { description: 'Oldest first.', schema: z.array(auditEntrySchema) } },
    answer: ({ store }, { query: { since } }) =>
      store.audit.newest(since === undefined ? 0 : Date.parse(since), shownAudit),
  }),
];
