import { z } from 'zod';
import { coordinatorStateSchema } from './coordinator-state.ts';
import { diagnosisSchema } from './diagnosis.ts';
import { etcdStateSchema } from './etcd-state.ts';
import { clusterFactsSchema, factsSchema, nodeFactsSchema } from './facts.ts';
import { findingSchema } from './finding.ts';
import { noticeSchema } from './notice.ts';
import { holdSchema, machineSchema, operationSchema } from './operation.ts';
import { planFileProblemSchema } from './plan-problem.ts';
import { stepResultSchema } from './report.ts';
import { settingNoteSchema } from './setting-note.ts';
import { hostText } from './text.ts';

/**
 * State of a host. `silent`: no contact for longer than usual, overrides its last report; `blocked`: a preflight error
 * needs a fix; `planned`: in the plan, not enrolled; `leaving`: an operation removes it from the cluster; `cloned`: two
 * machines use its credential; `unplanned`: enrolled, but no longer in the plan.
 */
export const phases = [
  'planned',
  'enrolled',
  'blocked',
  'preparing',
  'waiting',
  'joining',
  'failed',
  'ready',
  'not-ready',
  'silent',
  'paused',
  'leaving',
  'retired',
  'cloned',
  'unplanned',
] as const;
export type Phase = (typeof phases)[number];

const localTextSchema = z.object({ en: z.string(), zh: z.string() });

export const hostStatusSchema = z.object({
  name: z.string(),
  address: z.string(),
  role: z.enum(['control-plane', 'worker']),
  phase: z.enum(phases),
  /** One sentence: what happens, and since when. */
  summary: localTextSchema,
  /** What to do; empty if nothing. */
  remedy: localTextSchema,
  enrolledAt: z.string().nullable(),
  /** When it was first Ready with all steps done since enrolment. */
  readyAt: z.string().nullable(),
  lastContactAt: z.string().nullable(),
  secondsSinceContact: z.number().nullable(),
  /** How far the host's clock is ahead of the coordinator's, in seconds, from its last report. */
  clockSkewSeconds: z.number().nullable(),
  agentVersion: z.string().nullable(),
  stepsDone: z.number(),
  stepsTotal: z.number(),
  steps: z.array(stepResultSchema.extend({ title: z.string() })),
  findings: z.array(findingSchema),
  facts: factsSchema.nullable(),
  node: nodeFactsSchema.nullable(),
  /** Why the host is stuck; null: it is not, or the cause is unknown. */
  diagnosis: diagnosisSchema.nullable(),
  /** One paragraph: what happens, since when, why, what happens next, and what the operator can do. */
  explanation: z.object({ en: z.string(), zh: z.string() }),
  /** Why its agent makes no changes; absent: it does. */
  hold: holdSchema.optional(),
  /** The newest operation in progress. */
  operation: operationSchema.optional(),
  /** Machines seen with its credential, if the right one is unknown. */
  machines: z.array(machineSchema).optional(),
});
export type HostStatus = z.infer<typeof hostStatusSchema>;

const pageSchema = z.object({
  /** Number of all hosts, and of those that the query selects. */
  total: z.number(),
  matching: z.number(),
  /** Number of all hosts by phase. */
  phases: z.partialRecord(z.enum(phases), z.number()),
  /** Number of all hosts whose node is Ready, whatever their phase. */
  readyNodes: z.number(),
  /** `after` of the next page; null: this is the last. */
  next: z.string().nullable(),
});

/** GET /v1/status. Stable: printed unchanged by `muster status --json`. */
export const statusSchema = z.object({
  cluster: z.object({
    name: z.string(),
    /** What runs; as planned before there is a cluster. */
    kubernetesVersion: z.string(),
    /** One sentence, such as "2 of 3 nodes Ready; node02 is installing packages". */
    summary: localTextSchema,
    caSha256: z.string().nullable(),
    /** Nodes that are not in the plan. */
    unplannedNodes: clusterFactsSchema.shape.nodes,
    /** Absent: no control plane has reported a member. */
    etcd: etcdStateSchema.optional(),
  }),
  coordinator: z.object({
    url: z.string(),
    version: z.string(),
    certificateSha256: z.string(),
    now: z.string(),
    /** Each control plane's; absent: there is one coordinator. */
    all: z.array(coordinatorStateSchema).optional(),
  }),
  /** Problems of the current plan file; the last valid plan stays in effect. */
  planProblems: z.array(planFileProblemSchema),
  /** Planned settings that the running cluster does not have and will not get; absent: none. */
  settingNotes: z.array(settingNoteSchema).optional(),
  /** Problems of the coordinator itself; absent: none. */
  notices: z.array(noticeSchema).optional(),
  hosts: z.array(hostStatusSchema),
  /** Which page of the hosts it is; absent: all of them. */
  page: pageSchema.optional(),
});
export type Status = z.infer<typeof statusSchema>;

/** Most hosts in one page. */
export const longestPage = 200;

/** GET /v1/status?limit=…: selects hosts; absent: all. */
export const statusQuerySchema = z.object({
  /** Number of hosts in this page. */
  limit: z.coerce.number().int().min(1).max(longestPage).optional(),
  /** Begins after this host: `next` of the page before. */
  after: hostText(256).optional(),
  /** `urgency`: those that need a person first, Ready ones last. Default: the order of the plan. */
  order: z.enum(['plan', 'urgency']).optional(),
  phase: z.enum(phases).optional(),
  /** A part of the name or address. */
  search: hostText(256).optional(),
});
export type StatusQuery = z.infer<typeof statusQuerySchema>;

/** The status of a page of the hosts. */
export const statusPageSchema = statusSchema.required({ page: true });
export type StatusPage = z.infer<typeof statusPageSchema>;

/** GET /v1/hosts/NAME/logs?after=SEQ: lines in order of arrival, with rising `seq`, the value for `after`. */
export const logPageSchema = z.object({
  lines: z.array(z.object({ seq: z.number().int(), at: z.string(), step: z.string(), text: z.string() })),
});
export type LogPage = z.infer<typeof logPageSchema>;

/** GET /v1/events, over the operator's socket: the newest events, oldest first. */
export const eventSchema = z.object({
  seq: z.number().int(),
  at: z.string(),
  /** null: not about a specific host. */
  host: z.string().nullable(),
  kind: z.string(),
  message: z.string(),
});
export type Event = z.infer<typeof eventSchema>;

/** POST /v1/tokens, over the operator's socket only. */
const tokenLifetime = {
  /** How long it is valid; default and maximum: 24 hours. */
  seconds: z.number().int().min(60).max(86_400).optional(),
};
export const tokenRequestSchema = z.union([
  z.object({ host: z.string(), ...tokenLifetime }),
  z.object({ workers: z.literal(true), ...tokenLifetime }),
]);
export const tokenResponseSchema = z.object({
  /** The install command, to be run on the host. */
  command: z.string(),
  hosts: z.array(z.string()),
  expiresAt: z.string(),
});
export type TokenResponse = z.infer<typeof tokenResponseSchema>;

/** POST /v1/login-links, over the operator's socket only. */
export const loginLinkSchema = z.object({ url: z.string(), expiresAt: z.string(), certificateSha256: z.string() });
export type LoginLink = z.infer<typeof loginLinkSchema>;

/** Operator routes: on the Unix socket, protected by its file mode, and read-only over HTTPS with a session. */
export const operatorRoutes = {
  status: '/v1/status',
  /** GET: server-sent events; see stream.ts. */
  stream: '/v1/stream',
  /** GET /v1/hosts/NAME: HostStatus. GET /v1/hosts/NAME/logs?after=SEQ or ?tail=COUNT: LogPage. */
  hosts: '/v1/hosts',
  /** GET: operations on hosts, newest first. POST /v1/hosts/NAME/actions starts one. */
  operations: '/v1/operations',
  /** GET: the resolved plan in effect. GET /v1/plan/differences: Differences. */
  plan: '/v1/plan',
  events: '/v1/events',
  tokens: '/v1/tokens',
  loginLinks: '/v1/login-links',
  /** PUT and DELETE /v1/passwords/ROLE, over the socket only. */
  passwords: '/v1/passwords',
  login: '/login',
  page: '/',
} as const;
