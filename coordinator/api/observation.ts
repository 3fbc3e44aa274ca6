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
/** Entries of one answer, at the most. */
const shownAudit = 1000;

/** For those who watch the coordinator itself. */
export const observationEndpoints = [
  endpoint({
    id: 'getHealth',
    method: 'get',
    path: observationRoutes.health,
    access: ['anyone', 'socket'],
    summary: 'The process answers.',
    answers: { 200: { description: 'ok', type: text } },
    respond: (_parts, { response }) => void response.type('text').send('ok\n'),
  }),
  endpoint({
    id: 'getReadiness',
    method: 'get',
    path: observationRoutes.ready,
    access: ['anyone', 'socket'],
    summary: 'Whether it can do its work: the store takes writes, the plan is valid.',
    answers: {
      200: { description: 'It can.', schema: readinessSchema },
      503: { description: 'It can’t; `checks` names what is missing.', schema: readinessSchema },
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
    summary: 'Metrics in Prometheus’ text format.',
    answers: { 200: { description: 'Text format 0.0.4.', type: text } },
    async respond({ metrics, counted }, { response }) {
      const read = await metrics.read(counted());
      response.type(metrics.contentType).send(read);
    },
  }),
  endpoint({
    id: 'getApi',
    method: 'get',
    path: observationRoutes.api,
    access: ['anyone', 'socket'],
    summary: 'This document.',
    answers: { 200: { description: 'OpenAPI 3.1.', schema: z.object({ openapi: z.string() }) } },
    answer: ({ document }) => document(),
  }),
  endpoint({
    id: 'createMetricsToken',
    method: 'post',
    path: observationRoutes.metricsTokens,
    access: 'socket',
    summary: 'Makes the token that opens /metrics; the one before it ends.',
    answers: { 201: { description: 'Shown once.', schema: metricsTokenSchema } },
    answer: ({ store, url }): MetricsToken => ({ token: createMetricsToken(store), url: url() }),
  }),
  endpoint({
    id: 'listAudit',
    method: 'get',
    path: observationRoutes.audit,
    access: 'socket',
    summary: 'Who did what, when, from where, and what came of it: the newest 1,000.',
    query: auditQuerySchema,
    answers: { 200: { description: 'Oldest first.', schema: z.array(auditEntrySchema) } },
    answer: ({ store }, { query: { since } }) =>
      store.audit.newest(since === undefined ? 0 : Date.parse(since), shownAudit),
  }),
];
