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
  eventSchema,
  loginLinkSchema,
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
    access: 'socket',
    summary: 'What has happened: the newest, or what follows `after`.',
    query: eventQuerySchema.extend(langQuery.shape),
    answers: { 200: { description: 'Oldest first.', schema: z.array(eventSchema) } },
  },
  {
    id: 'getPlan',
    method: 'get',
    path: operatorRoutes.plan,
    access: 'socket',
    summary: 'The plan in force, resolved.',
    answers: { 200: { description: 'With all defaults.', schema: planSchema } },
  },
  {
    id: 'createToken',
    method: 'post',
    path: operatorRoutes.tokens,
    access: 'socket',
    summary: 'Makes an enrolment token for one planned host, or for all planned workers.',
    body: tokenRequestSchema,
    answers: { 201: { description: 'The line to paste.', schema: tokenResponseSchema } },
  },
  {
    id: 'createLoginLink',
    method: 'post',
    path: operatorRoutes.loginLinks,
    access: 'socket',
    summary: 'Makes a link to the status page that works once.',
    answers: { 201: { description: 'The link.', schema: loginLinkSchema } },
  },
  {
    id: 'signIn',
    method: 'post',
    path: operatorRoutes.login,
    access: 'anyone',
    summary: 'Spends the code of a login link: a form with the field `code`.',
    answers: { 303: { description: 'Signed in, by a cookie.' } },
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
