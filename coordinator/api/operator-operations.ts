import { z } from 'zod';
import { planSchema } from '../../shared/plan/schema.ts';
import { auditEntrySchema } from '../../shared/protocol/audit.ts';
import {
  auditQuerySchema,
  eventQuerySchema,
  metricsTokenSchema,
  observationRoutes,
} from '../../shared/protocol/observation.ts';
import {
  actionListSchema,
  actionRequestSchema,
  actionResponseSchema,
  operationSchema,
} from '../../shared/protocol/operation.ts';
import { recoveryResponseSchema, recoveryRoute } from '../../shared/protocol/recovery.ts';
import {
  eventSchema,
  logPageSchema,
  operatorRoutes,
  statusSchema,
  tokenRequestSchema,
  tokenResponseSchema,
} from '../../shared/protocol/status.ts';
import type { Operation } from './operation.ts';

/** Before Accept-Language. */
const langQuery = z.object({ lang: z.enum(['en', 'zh']).optional() });

/** What people, `muster` and the status page ask for. */
export const operatorOperations: readonly Operation[] = [
  {
    id: 'getStatus',
    method: 'get',
    path: operatorRoutes.status,
    access: 'session',
    summary: 'The cluster and every planned host; sentences in the language of `lang` or Accept-Language.',
    query: langQuery,
    answers: { 200: { description: 'What `muster status --json` prints.', schema: statusSchema } },
  },
  {
    id: 'getHostLogs',
    method: 'get',
    path: `${operatorRoutes.hosts}/:name/logs`,
    access: 'session',
    summary: 'What the host’s steps have printed, about 1,000 lines after `after`.',
    query: z.object({ after: z.coerce.number().int().nonnegative().optional() }),
    answers: { 200: { description: 'In the order of arrival.', schema: logPageSchema } },
  },
  {
    id: 'listEvents',
    method: 'get',
    path: operatorRoutes.events,
    access: 'session',
    summary: 'What has happened: the newest, or what follows `after`.',
    query: eventQuerySchema.extend(langQuery.shape),
    answers: { 200: { description: 'Oldest first.', schema: z.array(eventSchema) } },
  },
  {
    id: 'getPlan',
    method: 'get',
    path: operatorRoutes.plan,
    access: 'session',
    summary: 'The plan in force, resolved.',
    answers: { 200: { description: 'With all defaults.', schema: planSchema } },
  },
  {
    id: 'createToken',
    method: 'post',
    path: operatorRoutes.tokens,
    access: 'session',
    summary: 'Makes an enrolment token for one planned host, or for all planned workers.',
    body: tokenRequestSchema,
    answers: { 201: { description: 'The line to paste.', schema: tokenResponseSchema } },
  },
  {
    id: 'listActions',
    method: 'get',
    path: `${operatorRoutes.hosts}/:name/actions`,
    access: 'session',
    summary: 'What may be done to a host, and what each action would do before it does it.',
    answers: { 200: { description: 'Also those that are refused now, and why.', schema: actionListSchema } },
  },
  {
    id: 'performAction',
    method: 'post',
    path: `${operatorRoutes.hosts}/:name/actions`,
    access: 'session',
    summary: 'Pauses, resumes, resets, replaces, retires or readmits a host, or ends what is under way.',
    body: actionRequestSchema,
    answers: { 200: { description: 'What was done, and what goes on.', schema: actionResponseSchema } },
  },
  {
    id: 'collectSupportBundle',
    method: 'post',
    path: `${operatorRoutes.hosts}/:name/support-bundle`,
    access: 'socket',
    summary: 'Collects all that is known of a host, secrets taken out; the host is asked for its part.',
    answers: { 200: { description: 'A tar.gz.', type: 'application/gzip' } },
  },
  {
    id: 'listOperations',
    method: 'get',
    path: operatorRoutes.operations,
    access: 'session',
    summary: 'What was or is being done to hosts in several parts: the newest 100.',
    answers: { 200: { description: 'With each part.', schema: z.array(operationSchema) } },
  },
  {
    id: 'recoverCluster',
    method: 'post',
    path: recoveryRoute,
    access: 'socket',
    summary: 'Lets a cluster whose only control plane was reset be created anew.',
    answers: { 200: { description: 'Who creates it.', schema: recoveryResponseSchema } },
  },
  {
    id: 'createMetricsToken',
    method: 'post',
    path: observationRoutes.metricsTokens,
    access: 'socket',
    summary: 'Makes the token that opens /metrics; the one before it ends.',
    answers: { 201: { description: 'Shown once.', schema: metricsTokenSchema } },
  },
  {
    id: 'listAudit',
    method: 'get',
    path: observationRoutes.audit,
    access: 'socket',
    summary: 'Who did what, when, from where, and what came of it: the newest 1,000.',
    query: auditQuerySchema,
    answers: { 200: { description: 'Oldest first.', schema: z.array(auditEntrySchema) } },
  },
];
