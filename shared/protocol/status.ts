import { z } from 'zod';
import { diagnosisSchema } from './diagnosis.ts';
import { clusterFactsSchema, factsSchema, nodeFactsSchema } from './facts.ts';
import { findingSchema } from './finding.ts';
import { noticeSchema } from './notice.ts';
import { holdSchema, machineSchema, operationSchema } from './operation.ts';
import { planFileProblemSchema } from './plan-problem.ts';
import { stepResultSchema } from './report.ts';

/**
 * Where a host stands. `silent`: no contact for longer than is usual, which overrides whatever it last said; `blocked`: a
 * preflight error that a person has to mend; `planned`: in the plan, never seen. `leaving`: an operation takes it out of the cluster;
 * `cloned`: two machines have its credential; `unplanned`: enrolled, and no longer in the plan.
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

export const hostStatusSchema = z.object({
  name: z.string(),
  address: z.string(),
  role: z.enum(['control-plane', 'worker']),
  phase: z.enum(phases),
  /** One sentence for a person: what is going on, since when. */
  summary: z.string(),
  remedy: z.string(),
  enrolledAt: z.string().nullable(),
  /** When it was first Ready with every step done since it enrolled. */
  readyAt: z.string().nullable(),
  lastContactAt: z.string().nullable(),
  secondsSinceContact: z.number().nullable(),
  /** Seconds that this host's clock is ahead of the coordinator's, from its last report. */
  clockSkewSeconds: z.number().nullable(),
  agentVersion: z.string().nullable(),
  stepsDone: z.number(),
  stepsTotal: z.number(),
  steps: z.array(stepResultSchema.extend({ title: z.string() })),
  findings: z.array(findingSchema),
  facts: factsSchema.nullable(),
  node: nodeFactsSchema.nullable(),
  /** Why the host does not get on; null: it does, or nobody knows. */
  diagnosis: diagnosisSchema.nullable(),
  /** One paragraph: what is going on, since when, why, what happens next by itself, what you can do. */
  explanation: z.object({ en: z.string(), zh: z.string() }),
  /** Why its agent keeps its hands off; absent: it does not. */
  hold: holdSchema.optional(),
  /** The newest of the operator's operations on it that is under way. */
  operation: operationSchema.optional(),
  /** The machines that were seen with its credential, where it can't be told which is the right one. */
  machines: z.array(machineSchema).optional(),
});
export type HostStatus = z.infer<typeof hostStatusSchema>;

/** GET /v1/status. Stable: `muster status --json` prints it as it is. */
export const statusSchema = z.object({
  cluster: z.object({
    name: z.string(),
    kubernetesVersion: z.string(),
    /** One sentence, such as "2 of 3 nodes Ready; node02 is installing packages". */
    summary: z.string(),
    caSha256: z.string().nullable(),
    /** Nodes that the plan does not know. */
    unplannedNodes: clusterFactsSchema.shape.nodes,
  }),
  coordinator: z.object({ url: z.string(), version: z.string(), certificateSha256: z.string(), now: z.string() }),
  /** What is wrong with the plan file as it is now; the last good plan stays in force. */
  planProblems: z.array(planFileProblemSchema),
  /** What a person should know of the coordinator itself; absent: nothing. */
  notices: z.array(noticeSchema).optional(),
  hosts: z.array(hostStatusSchema),
});
export type Status = z.infer<typeof statusSchema>;

/** GET /v1/hosts/NAME/logs?after=SEQ: lines in the order of arrival; `seq` rises and is what `after` takes. */
export const logPageSchema = z.object({
  lines: z.array(z.object({ seq: z.number().int(), at: z.string(), step: z.string(), text: z.string() })),
});
export type LogPage = z.infer<typeof logPageSchema>;

/** GET /v1/events, over the operator's socket: the newest, oldest first. */
export const eventSchema = z.object({
  seq: z.number().int(),
  at: z.string(),
  /** null: about no host in particular. */
  host: z.string().nullable(),
  kind: z.string(),
  message: z.string(),
});
export type Event = z.infer<typeof eventSchema>;

/** POST /v1/tokens, over the operator's socket only. */
export const tokenRequestSchema = z.union([z.object({ host: z.string() }), z.object({ workers: z.literal(true) })]);
export const tokenResponseSchema = z.object({
  /** The one-liner, to be pasted on the host. */
  command: z.string(),
  hosts: z.array(z.string()),
  expiresAt: z.string(),
});
export type TokenResponse = z.infer<typeof tokenResponseSchema>;

/** POST /v1/login-links, over the operator's socket only. */
export const loginLinkSchema = z.object({ url: z.string(), expiresAt: z.string(), certificateSha256: z.string() });
export type LoginLink = z.infer<typeof loginLinkSchema>;

/** The operator's routes: on the Unix socket (its file mode is the login) and, read-only, over HTTPS behind a session. */
export const operatorRoutes = {
  status: '/v1/status',
  /** GET: server-sent events; see stream.ts. */
  stream: '/v1/stream',
  /** GET /v1/hosts/NAME: HostStatus. GET /v1/hosts/NAME/logs?after=SEQ or ?tail=COUNT: LogPage. */
  hosts: '/v1/hosts',
  /** GET: the operator's operations on hosts, newest first. GET and POST /v1/hosts/NAME/actions start them. */
  operations: '/v1/operations',
  /** GET: the resolved plan in force. GET /v1/plan/differences: Differences. */
  plan: '/v1/plan',
  events: '/v1/events',
  tokens: '/v1/tokens',
  loginLinks: '/v1/login-links',
  /** PUT and DELETE /v1/passwords/ROLE, over the socket only. */
  passwords: '/v1/passwords',
  login: '/login',
  page: '/',
} as const;
