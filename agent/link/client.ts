import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { OptionsInit, Response } from 'got';
import pRetry from 'p-retry';
import { MusterError } from '../../shared/errors/errors.ts';
import { sentTargetSchema, type Target } from '../../shared/protocol/assignment.ts';
import type { Collection } from '../../shared/protocol/collection.ts';
import { coordinatorKeysRoute } from '../../shared/protocol/coordinator-keys.ts';
import type { DutyResult } from '../../shared/protocol/duty.ts';
import {
  type EnrolRequest,
  type EnrolResponse,
  enrolResponseSchema,
  type JoinCredential,
  joinCredentialSchema,
  routes,
} from '../../shared/protocol/enrolment.ts';
import type { Report } from '../../shared/protocol/report.ts';
import { otherForm, readJson, refusal } from './answers.ts';
import { type Coordinators, knownCoordinators } from './coordinators.ts';
import { fixedSession, type Session } from './session.ts';
import { createTargetParts } from './target/target-parts.ts';
import { createTransport, type ExchangeOptions, mostJson } from './transport/transport.ts';

export interface ClientOptions {
  /** Base URL of the only coordinator, such as https://192.168.0.130:7443, or all coordinators. */
  url: string | Coordinators;
  /** PEM of the only trusted CA. */
  ca: string;
  /** The enrolment token for `enrol`; the host credential or its session for all other calls. */
  bearer: string | Session;
  /** Identifies this machine and its boot, so that the coordinator detects two machines with one credential. */
  machine?: { bootId: string; machineId: string | null };
  /** Folder for parts of the target; absent: they are fetched again after a restart. */
  partsFolder?: string;
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
  /** `recipient`: a control plane's, for the certificate key. */
  joinCredential(waitSeconds: number, recipient: string | null, signal: AbortSignal): Promise<JoinCredential>;
  dutyResult(id: string, result: DutyResult, signal: AbortSignal): Promise<void>;
  collection(id: string, collection: Collection, signal: AbortSignal): Promise<void>;
  /** Sends the hash of the credential that replaces the current one. */
  offerCredential(credentialSha256: string, signal: AbortSignal): Promise<void>;
  /** The keys that all coordinators share, encrypted to this recipient. */
  coordinatorKeys(recipient: string, signal: AbortSignal): Promise<Buffer>;
  /** Sends a whole file. */
  upload(route: string, content: Buffer, signal: AbortSignal): Promise<void>;
  /** Downloads a whole file into memory; runtimes are the largest, at about 50 MB. */
  download(route: string, signal: AbortSignal): Promise<Buffer>;
  close(): void;
}

/** Size limit of a download, in bytes. */
const mostDownloaded = 256 * 1024 ** 2;

/** Time limit of a download, in seconds. */
const downloadSeconds = 300;

export function createClient({ url, ca, bearer, machine, partsFolder }: ClientOptions): Client {
  const session = typeof bearer === 'string' ? fixedSession(bearer) : bearer;
  const coordinators = typeof url === 'string' ? knownCoordinators([url]) : url;
  const transport = createTransport({ coordinators, ca, session, machine });

  async function send(route: string, options: OptionsInit, limits: ExchangeOptions = {}): Promise<Response<string>> {
    const response = await transport.exchange(route, options, limits);
    if (response.statusCode < 300 || response.statusCode === 304) return response;
    throw refusal(response);
  }

  async function post(route: string, body: unknown, signal?: AbortSignal): Promise<Response<string>> {
    return send(route, { method: 'POST', json: body, ...(signal === undefined ? {} : { signal }) });
  }

  const complete = createTargetParts({
    folder: partsFolder ?? null,
    async fetch(sha256, signal) {
      const headers = { 'accept-encoding': 'gzip' };
      return unpacked(await send(`${routes.targetParts}/${sha256}`, { responseType: 'buffer', headers, signal }));
    },
  });

  async function target(etag: string | null, waitSeconds: number, signal: AbortSignal) {
    const headers = etag === null ? {} : { 'if-none-match': etag };
    const options = { headers, searchParams: { wait: waitSeconds, shared: 'reference' }, signal };
    const response = await send(routes.target, options, { waitSeconds, isInstruction: true });
    if (response.statusCode === 304) return null;
    const sent = read(sentTargetSchema, response);
    return { target: await complete(sent, signal), etag: response.headers.etag ?? '' };
  }

  return {
    target: (etag, waitSeconds, signal) =>
      pRetry(() => target(etag, waitSeconds, signal), { retries: 2, minTimeout: 0, shouldRetry: isOutdated }),
    enrol: async (request) => read(enrolResponseSchema, await post(routes.enrol, request)),
    async report(report) {
      await post(routes.reports, report);
    },
    async joinCredential(waitSeconds, recipient, signal) {
      const json = recipient === null ? {} : { recipient };
      const options = { method: 'POST', json, searchParams: { wait: waitSeconds }, signal } as const;
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
    async coordinatorKeys(recipient, signal) {
      const options = { method: 'POST', json: { recipient }, responseType: 'buffer', signal } as const;
      return Buffer.from((await send(coordinatorKeysRoute, options)).rawBody);
    },
    async upload(route, content, signal) {
      const headers = { 'content-type': 'application/octet-stream' };
      await send(route, { method: 'PUT', body: content, headers, signal }, { waitSeconds: downloadSeconds });
    },
    async download(route, signal) {
      const limits = { waitSeconds: downloadSeconds, most: mostDownloaded };
      return Buffer.from((await send(route, { responseType: 'buffer', signal }, limits)).rawBody);
    },
    close: transport.close,
  };
}

/** The target has changed since it was read. */
const isOutdated = ({ error }: { error: Error }) =>
  error instanceof MusterError && error.code === 'target-part-unknown';

/** The body of an answer that may be compressed, up to the size limit of an answer. */
async function unpacked({ rawBody, headers }: Response<string>): Promise<Buffer> {
  const body = Buffer.from(rawBody);
  if (headers['content-encoding'] !== 'gzip') return body;
  return promisify(gunzip)(body, { maxOutputLength: mostJson }).catch(() => {
    throw otherForm();
  });
}

const read = <T>(schema: Parameters<typeof readJson<T>>[0], response: Response<string>): T =>
  readJson(schema, response.body);
