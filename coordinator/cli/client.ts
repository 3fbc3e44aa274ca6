import { setTimeout as sleep } from 'node:timers/promises';
import got, { type OptionsInit, RequestError } from 'got';
import { z } from 'zod';
import { exitCode, MusterError, messageOf } from '../../shared/errors/errors.ts';
import { issuesText } from '../../shared/errors/issues.ts';
import { jsonOrUndefined } from '../../shared/json.ts';
import { atMost } from '../../shared/node/bounded-request.ts';
import { type ClusterSettings, type Plan, planSchema } from '../../shared/plan/schema.ts';
import { type AuditEntry, auditEntrySchema } from '../../shared/protocol/audit.ts';
import { answeredByHeader, localHeader } from '../../shared/protocol/coordinators.ts';
import {
  type EventQuery,
  type MetricsToken,
  metricsTokenSchema,
  observationRoutes,
} from '../../shared/protocol/observation.ts';
import {
  type ActionPreview,
  type ActionRequest,
  type ActionResponse,
  actionListSchema,
  actionResponseSchema,
  actorHeader,
  type Operation,
  operationSchema,
} from '../../shared/protocol/operation.ts';
import type { PageRole } from '../../shared/protocol/page.ts';
import { runningSettingsSchema } from '../../shared/protocol/plan-view.ts';
import { problemSchema } from '../../shared/protocol/problem.ts';
import {
  type RecoveryPreview,
  type RecoveryRequest,
  type RecoveryResponse,
  recoveryPreviewSchema,
  recoveryResponseSchema,
  recoveryRoute,
} from '../../shared/protocol/recovery.ts';
import {
  type Event,
  eventSchema,
  type HostStatus,
  hostStatusSchema,
  type LoginLink,
  type LogPage,
  loginLinkSchema,
  logPageSchema,
  operatorRoutes,
  type StatusPage,
  statusPageSchema,
  type TokenResponse,
  type tokenRequestSchema,
  tokenResponseSchema,
} from '../../shared/protocol/status.ts';
import type { Language, LocalText } from '../../shared/text/local-text.ts';
import { readPages, type Selection } from './status-pages.ts';

export interface OperatorClient {
  /** The status with the selected hosts; by default all. */
  status(selection?: Selection): Promise<StatusPage>;
  /** The same as received, including fields that this version does not know. */
  rawStatus(selection?: Selection): Promise<RawStatus>;
  host(name: string): Promise<HostStatus>;
  /** Lines after a sequence number. */
  logs(host: string, after: number): Promise<LogPage>;
  createToken(request: z.infer<typeof tokenRequestSchema>): Promise<TokenResponse>;
  createLoginLink(role: PageRole): Promise<LoginLink>;
  /** null removes it. */
  setPassword(role: PageRole, password: string | null): Promise<void>;
  /** What each action would do to a host. */
  previews(host: string): Promise<ActionPreview[]>;
  /** `by`: the person who acts. */
  act(host: string, request: ActionRequest, by: string): Promise<ActionResponse>;
  /** Newest first. */
  operations(): Promise<Operation[]>;
  plan(): Promise<Plan>;
  /** The settings of the running cluster; null: there is none. */
  running(): Promise<ClusterSettings | null>;
  /** A tar.gz. Waits for the host's part, up to half a minute. */
  supportBundle(host: string): Promise<Buffer>;
  /** Changes nothing. */
  previewRecovery(request: RecoveryRequest): Promise<RecoveryPreview>;
  recover(request: RecoveryRequest): Promise<RecoveryResponse>;
  /** The newest, or those after a sequence number; oldest first. */
  events(filter: EventQuery): Promise<Event[]>;
  /** Oldest first; `since`: ISO 8601. */
  audit(since?: string): Promise<AuditEntry[]>;
  /** In Prometheus' text format. */
  metrics(): Promise<string>;
  createMetricsToken(): Promise<MetricsToken>;
  /** The control plane whose coordinator answered last, of several; '': there is one. */
  answeredBy(): string;
}

export interface LocalOption {
  /** Asks the coordinator at the socket, not the active one. */
  isLocal?: boolean;
}

/** `language`: of the texts in the response. */
type CallOptions = Pick<OptionsInit, 'method' | 'json' | 'searchParams' | 'headers' | 'timeout'> & {
  language?: Language;
  /** Called with the control plane whose coordinator answers, of several. */
  heard?: (by: string) => void;
  /** Size limit of the response, in bytes. Default 1 GiB, which a backup may have. */
  most?: number;
};

/** Size limit of JSON, in bytes; a page of the status has less than 1 MB. */
const mostJson = 64 * 1024 ** 2;

/** How long a request waits for a takeover to complete, in ms. */
const takeoverMs = 15_000;
/** Pause before it is sent again, in ms. */
const pauseMs = 500;

/** A client for the coordinator's Unix socket; texts are in `language`. All failures are MusterErrors with a remedy. */
export function createOperatorClient(
  socket: string,
  language: Language = 'en',
  { isLocal = false }: LocalOption = {},
): OperatorClient {
  let by = '';
  const heard = (name: string) => {
    by = name;
  };
  const local = isLocal ? { [localHeader]: 'true' } : {};
  const call = <T extends z.ZodType>(schema: T, path: string, options?: CallOptions) =>
    callOperator(socket, schema, path, { ...options, headers: { ...options?.headers, ...local }, language, heard });

  return {
    status: (selection = {}) =>
      readPages((query) => call(statusPageSchema, operatorRoutes.status, { searchParams: { ...query } }), selection),
    rawStatus: (selection = {}) =>
      readPages((query) => call(rawPageSchema, operatorRoutes.status, { searchParams: { ...query } }), selection),
    host: (name) => call(hostStatusSchema, `${operatorRoutes.hosts}/${encodeURIComponent(name)}`),
    logs: (host, after) =>
      call(logPageSchema, `${operatorRoutes.hosts}/${encodeURIComponent(host)}/logs`, { searchParams: { after } }),
    createToken: (request) => call(tokenResponseSchema, operatorRoutes.tokens, { method: 'POST', json: request }),
    previews: async (host) => (await call(actionListSchema, actionPath(host))).actions,
    act: (host, request, by) =>
      call(actionResponseSchema, actionPath(host), { method: 'POST', json: request, headers: { [actorHeader]: by } }),
    operations: () => call(z.array(operationSchema), operatorRoutes.operations),
    plan: () => call(planSchema, operatorRoutes.plan),
    running: async () => (await call(runningSettingsSchema, `${operatorRoutes.plan}/running`)).settings,
    supportBundle: (host) =>
      fetchOperator(socket, `${operatorRoutes.hosts}/${encodeURIComponent(host)}/support-bundle`, {
        method: 'POST',
        timeout: { request: 60_000 },
      }),
    previewRecovery: (request) => call(recoveryPreviewSchema, recoveryRoute, { searchParams: { ...request } }),
    recover: (json) => call(recoveryResponseSchema, recoveryRoute, { method: 'POST', json }),
    createLoginLink: (role) => call(loginLinkSchema, operatorRoutes.loginLinks, { method: 'POST', json: { role } }),
    setPassword: async (role, password) => {
      const options =
        password === null ? { method: 'DELETE' as const } : { method: 'PUT' as const, json: { password } };
      await call(z.unknown(), `${operatorRoutes.passwords}/${role}`, options);
    },
    events: (filter) => call(z.array(eventSchema), operatorRoutes.events, { searchParams: { ...filter } }),
    audit: (since) => call(z.array(auditEntrySchema), observationRoutes.audit, { searchParams: { since } }),
    metrics: async () => (await fetchOperator(socket, observationRoutes.metrics)).toString(),
    createMetricsToken: () => call(metricsTokenSchema, observationRoutes.metricsTokens, { method: 'POST', json: {} }),
    answeredBy: () => by,
  };
}

export type RawStatus = z.infer<typeof rawPageSchema>;
const rawPageSchema = z.looseObject({
  hosts: z.array(z.looseObject({ name: z.string() })),
  page: statusPageSchema.shape.page,
});

/** Sends one request over the coordinator's socket and parses the response with `schema`. */
export async function callOperator<T extends z.ZodType>(
  socket: string,
  schema: T,
  path: string,
  options: CallOptions = {},
): Promise<z.infer<T>> {
  const body = await fetchOperator(socket, path, { most: mostJson, ...options });
  const parsed = schema.safeParse(jsonOrUndefined(body.toString()));
  if (!parsed.success) throw unexpected(issuesText(parsed.error.issues));
  return parsed.data;
}

/** Like `callOperator`, for a response that is not JSON. A question waits until a takeover is complete. */
export async function fetchOperator(socket: string, path: string, options: CallOptions = {}): Promise<Buffer> {
  const end = performance.now() + takeoverMs;
  for (;;) {
    try {
      return await fetchOnce(socket, path, options);
    } catch (error) {
      const isQuestion = (options.method ?? 'GET') === 'GET';
      if (!isQuestion || !isTakeover(error) || performance.now() > end) throw error;
      await sleep(pauseMs);
    }
  }
}

const isTakeover = (error: unknown): boolean =>
  error instanceof MusterError && (error.code === 'no-active' || error.code === 'not-active');

async function fetchOnce(
  socket: string,
  path: string,
  { language = 'en', heard, most = 1024 ** 3, ...options }: CallOptions,
): Promise<Buffer> {
  const all = {
    timeout: { request: 10_000 },
    ...options,
    headers: { ...options.headers, 'accept-language': language },
    enableUnixSockets: true,
    throwHttpErrors: false,
    retry: { limit: 0 },
    responseType: 'buffer',
  } as const;
  const response = await atMost(most, (signal) => got(`http://unix:${socket}:${path}`, { ...all, signal })).catch(
    (error: unknown) => {
      throw unreachable(socket, error);
    },
  );
  heard?.(String(response.headers[answeredByHeader] ?? ''));
  const body = Buffer.from(response.body);
  if (!response.ok) throw refused(response.statusCode, jsonOrUndefined(body.toString()));
  return body;
}

const actionPath = (host: string) => `${operatorRoutes.hosts}/${encodeURIComponent(host)}/actions`;

function unreachable(socket: string, error: unknown): unknown {
  if (!(error instanceof RequestError)) return unexpected(messageOf(error));
  if (error.code === 'EACCES' || error.code === 'EPERM') {
    return new MusterError('socket-forbidden', { socket }, { cause: error });
  }
  const code = error.code === 'ETIMEDOUT' ? 'coordinator-hangs' : 'coordinator-not-running';
  return new MusterError(code, { socket }, { cause: error });
}

const exits: Readonly<Record<number, number>> = {
  400: exitCode.badInput,
  404: exitCode.badInput,
  422: exitCode.badInput,
  401: exitCode.notPermitted,
  403: exitCode.notPermitted,
  429: exitCode.tryAgain,
  503: exitCode.tryAgain,
};

function refused(status: number, body: unknown): MusterError {
  const problem = problemSchema.safeParse(body);
  if (!problem.success) return unexpected(`HTTP ${status}`);
  return new MusterError(problem.data, {}, { status, exit: exits[status] ?? exitCode.failure });
}

function unexpected(seen: LocalText | string): MusterError {
  const fix = {
    en: 'systemctl restart muster-coordinator   # it must have the version of this command',
    zh: 'systemctl restart muster-coordinator   # 其版本必须与该命令一致',
  };
  return new MusterError('unexpected-answer', { seen, fix });
}
