import type { OptionsInit, Response } from 'got';
import { MusterError } from '../../shared/errors/errors.ts';
import { jsonOrUndefined } from '../../shared/json.ts';
import { type Target, targetSchema } from '../../shared/protocol/assignment.ts';
import type { Collection } from '../../shared/protocol/collection.ts';
import type { DutyResult } from '../../shared/protocol/duty.ts';
import {
  type EnrolRequest,
  type EnrolResponse,
  enrolResponseSchema,
  type JoinCredential,
  joinCredentialSchema,
  routes,
} from '../../shared/protocol/enrolment.ts';
import { problemSchema } from '../../shared/protocol/problem.ts';
import type { Report } from '../../shared/protocol/report.ts';
import { version } from '../../shared/version.ts';
import { retryAfter } from './retry.ts';
import { fixedSession, type Session } from './session.ts';
import { createTransport, type ExchangeOptions } from './transport.ts';

export interface ClientOptions {
  /** Base URL of the coordinator, such as https://192.168.0.130:7443 */
  url: string;
  /** PEM of the only trusted CA. */
  ca: string;
  /** The enrolment token for `enrol`; the host credential or its session for all other calls. */
  bearer: string | Session;
  /** Identifies this machine and its boot, so that the coordinator detects two machines with one credential. */
  machine?: { bootId: string; machineId: string | null };
}

/**
 * The coordinator's agent API. All calls throw MusterError: the coordinator's problem with its HTTP status, or
 * `unreachable`.
 */
export interface Client {
  enrol(request: EnrolRequest): Promise<EnrolResponse>;
  /** Long-polls up to `waitSeconds` for a target other than `etag`; null: no change. */
  target(
    etag: string | null,
    waitSeconds: number,
    signal: AbortSignal,
  ): Promise<{ target: Target; etag: string } | null>;
  report(report: Report): Promise<void>;
  joinCredential(waitSeconds: number, signal: AbortSignal): Promise<JoinCredential>;
  dutyResult(id: string, result: DutyResult, signal: AbortSignal): Promise<void>;
  collection(id: string, collection: Collection, signal: AbortSignal): Promise<void>;
  /** Sends the hash of the credential that replaces the current one. */
  offerCredential(credentialSha256: string, signal: AbortSignal): Promise<void>;
  /** Downloads a whole file into memory; runtimes are the largest, at about 50 MB. */
  download(route: string, signal: AbortSignal): Promise<Buffer>;
  close(): void;
}

/** Size limit of a download, in bytes. */
const mostDownloaded = 256 * 1024 ** 2;

/** Time limit of a download, in seconds. */
const downloadSeconds = 300;

export function createClient({ url, ca, bearer, machine }: ClientOptions): Client {
  const session = typeof bearer === 'string' ? fixedSession(bearer) : bearer;
  const transport = createTransport({ url, ca, session, machine });

  async function send(route: string, options: OptionsInit, limits: ExchangeOptions = {}): Promise<Response<string>> {
    const response = await transport.exchange(route, options, limits);
    if (response.statusCode < 300 || response.statusCode === 304) return response;
    throw refusal(response);
  }

  async function post(route: string, body: unknown, signal?: AbortSignal): Promise<Response<string>> {
    return send(route, { method: 'POST', json: body, ...(signal === undefined ? {} : { signal }) });
  }

  return {
    enrol: async (request) => read(enrolResponseSchema, await post(routes.enrol, request)),
    async target(etag, waitSeconds, signal) {
      const headers = etag === null ? {} : { 'if-none-match': etag };
      const options = { headers, searchParams: { wait: waitSeconds }, signal };
      const response = await send(routes.target, options, { waitSeconds, isInstruction: true });
      if (response.statusCode === 304) return null;
      return { target: read(targetSchema, response), etag: response.headers.etag ?? '' };
    },
    async report(report) {
      await post(routes.reports, report);
    },
    async joinCredential(waitSeconds, signal) {
      const options = { method: 'POST', searchParams: { wait: waitSeconds }, signal } as const;
      return read(
        joinCredentialSchema,
        await send(routes.joinCredentials, options, { waitSeconds, isInstruction: true }),
      );
    },
    async dutyResult(id, result, signal) {
      await post(`${routes.duties}/${encodeURIComponent(id)}`, result, signal);
    },
    async collection(id, collection, signal) {
      await post(`${routes.collections}/${encodeURIComponent(id)}`, collection, signal);
    },
    async offerCredential(credentialSha256, signal) {
      await post(routes.credentials, { credentialSha256 }, signal);
    },
    async download(route, signal) {
      const limits = { waitSeconds: downloadSeconds, most: mostDownloaded };
      return Buffer.from((await send(route, { responseType: 'buffer', signal }, limits)).rawBody);
    },
    close: transport.close,
  };
}

/** The problem that the coordinator sent, or `unexpected-answer`. */
function refusal(response: Response<string>): MusterError {
  const problem = problemSchema.safeParse(jsonOrUndefined(Buffer.from(response.rawBody).toString()));
  const status = response.statusCode;
  const wait = retryAfter(response.headers['retry-after'], Date.now());
  const retry = wait === null ? {} : { retryAfter: Math.ceil(wait / 1000) };
  if (!problem.success)
    return new MusterError('unexpected-answer', { seen: `HTTP ${status}`, fix: '' }, { status, ...retry });
  return new MusterError(problem.data, {}, { status, ...retry });
}

const otherShape = { en: 'it does not have the expected form', zh: '其格式不符合预期' };
const otherVersion = {
  en: `the coordinator and this agent (${version}) may differ too much in version: run the install command again`,
  zh: `协调器与该代理（${version}）的版本可能相差过大：请重新运行安装命令`,
};

function read<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  response: Response<string>,
): T {
  const parsed = schema.safeParse(jsonOrUndefined(response.body));
  if (parsed.success) return parsed.data;
  throw new MusterError('unexpected-answer', { seen: otherShape, fix: otherVersion });
}
