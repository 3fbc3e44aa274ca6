import got, { type Method } from 'got';
import { z } from 'zod';
import { MusterError, messageOf } from '../errors/errors.ts';
import { jsonOrUndefined } from '../json.ts';
import type { Kubeconfig } from './kubeconfig.ts';
import { type WatchEnd, type Watching, watchStream } from './watch-stream.ts';

const statusSchema = z.object({
  message: z.string(),
  details: z.object({ causes: z.array(z.object({ message: z.string().default('') })).optional() }).optional(),
});
const watchSeconds = 30;

/** Paths are absolute, such as `/api/v1/nodes/node01`; bodies are JSON objects. */
export interface KubeClient {
  caPem: string;
  /** null: 404. */
  get(path: string): Promise<unknown>;
  /** Resolves with the object as stored; status 409 if it exists. */
  create(path: string, body: object): Promise<unknown>;
  /** Resolves with the object as stored; status 409 if the body's resourceVersion is not the stored one. */
  replace(path: string, body: object): Promise<unknown>;
  /** Sends a JSON merge patch (RFC 7386), which replaces lists as a whole. */
  merge(path: string, body: object): Promise<void>;
  /** false: it did not exist (404). */
  remove(path: string): Promise<boolean>;
  /**
   * Watches a collection. Resolves with true on the first change after `resourceVersion`; with false after 30 s, when
   * the connection ends, or when the signal fires.
   */
  changed(path: string, resourceVersion: string, signal: AbortSignal): Promise<boolean>;
  /** Watches a collection until the API server, `take` or the signal ends it. */
  watch(path: string, watching: Watching): Promise<WatchEnd>;
}

/**
 * A client with the credential of a kubeconfig. Cheap to create: Node's global agent reuses connections and TLS sessions
 * per CA and client certificate. `timeoutMs`: limit of each request. Calls throw MusterError `kube-unreachable` (no
 * answer in time, or an untrusted certificate) or `kube-refused` (with the API server's HTTP status).
 */
export function createKubeClient({ server, caPem, client }: Kubeconfig, { timeoutMs = 5000 } = {}): KubeClient {
  const https = {
    certificateAuthority: caPem,
    ...(client === undefined ? {} : { certificate: client.certPem, key: client.keyPem }),
  };

  async function request(method: Method, path: string, body?: object, contentType = 'application/json') {
    const { statusCode, body: text } = await got(new URL(path, server), {
      method,
      https,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': contentType }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeout: { request: timeoutMs },
      retry: { limit: 0 },
      followRedirect: false,
      throwHttpErrors: false,
    }).catch((cause: unknown) => {
      throw new MusterError('kube-unreachable', { reason: `${server}: ${messageOf(cause)}` }, { cause });
    });
    if (statusCode === 404) return null;
    if (statusCode >= 200 && statusCode < 300) return JSON.parse(text) as unknown;
    const reason = `${statusCode} ${reasonOf(text)}`;
    throw new MusterError('kube-refused', { method, path, reason }, { status: statusCode });
  }

  async function write(method: Method, path: string, body: object, contentType?: string): Promise<unknown> {
    const answer = await request(method, path, body, contentType);
    if (answer === null) throw new MusterError('kube-refused', { method, path, reason: '404' }, { status: 404 });
    return answer;
  }

  function changed(path: string, resourceVersion: string, signal: AbortSignal): Promise<boolean> {
    const url = new URL(path, server);
    url.search = new URLSearchParams({
      watch: 'true',
      resourceVersion,
      timeoutSeconds: String(watchSeconds),
    }).toString();
    return new Promise((resolve) => {
      const events = got.stream(url, { https, retry: { limit: 0 }, followRedirect: false, signal });
      const settle = (answer: boolean) => {
        resolve(answer);
        events.destroy();
      };
      events.once('data', () => settle(true));
      events.once('end', () => settle(false));
      events.once('error', () => settle(false));
    });
  }

  return {
    caPem,
    changed,
    watch: (path, watching) => watchStream(new URL(path, server), https, watching),
    get: (path) => request('GET', path),
    create: (path, body) => write('POST', path, body),
    replace: (path, body) => write('PUT', path, body),
    async merge(path, body) {
      await write('PATCH', path, body, 'application/merge-patch+json');
    },
    remove: async (path) => (await request('DELETE', path)) !== null,
  };
}

/**
 * Message of a Status object with its causes (such as the blocking disruption budget), or the start of the raw text.
 */
function reasonOf(text: string): string {
  const status = statusSchema.safeParse(jsonOrUndefined(text));
  // Not a Status: a proxy's page, or the plain text of a starting API server.
  if (!status.success) return text.slice(0, 200).trim();
  const { message, details } = status.data;
  return [message, ...(details?.causes ?? []).map((cause) => cause.message)].join(' ');
}
