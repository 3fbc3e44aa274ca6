import got from 'got';
import type { z } from 'zod';
import { MusterError, messageOf } from '../../shared/errors/errors.ts';
import { issuesText } from '../../shared/errors/issues.ts';
import { jsonOrUndefined } from '../../shared/json.ts';
import { atMost } from '../../shared/node/bounded-request.ts';
import { failureSchema } from './answers.ts';
import type { EtcdCredentials } from './credentials.ts';

/** Size limit of an answer in bytes: a list of members has about 200 bytes for each. */
const mostBytes = 1024 ** 2;
/** Longest wait for the next part of a stream, in ms. */
const silenceMs = 30_000;

/** gRPC's codes of a member without a leader: deadline exceeded (as "unknown" from etcd 3.4), and unavailable. */
const noQuorum = /deadline exceeded|request timed out|no leader|leader changed/;

/** Calls etcd's JSON gateway, which listens where its clients do. */
export function createGateway({ caPem, certPem, keyPem }: EtcdCredentials) {
  const http = got.extend({
    method: 'POST',
    https: { certificateAuthority: caPem, certificate: certPem, key: keyPem },
    headers: { 'content-type': 'application/json' },
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
  });

  const unreachable = (url: string, cause: unknown) =>
    new MusterError('etcd-unreachable', { url, reason: messageOf(cause) }, { cause });

  return {
    /**
     * Throws MusterError `etcd-unreachable`, `etcd-refused` with the gateway's HTTP status, `etcd-no-quorum` or
     * `etcd-answer-invalid`.
     */
    async call<T extends z.ZodType>(url: string, path: string, body: object, schema: T, timeoutMs: number) {
      const answer = await atMost(mostBytes, (signal) =>
        http(new URL(path, url), { body: JSON.stringify(body), timeout: { request: timeoutMs }, signal }),
      ).catch((cause: unknown) => {
        throw unreachable(url, cause);
      });
      if (answer.statusCode !== 200) throw refusal(url, path, answer.statusCode, answer.body);
      const parsed = schema.safeParse(jsonOrUndefined(answer.body));
      if (!parsed.success) {
        throw new MusterError('etcd-answer-invalid', { url, path, reason: issuesText(parsed.error.issues) });
      }
      return parsed.data;
    },

    /** A page that is not JSON, such as /metrics. Throws MusterError `etcd-unreachable` or `etcd-refused`. */
    async page(url: string, path: string, timeoutMs: number): Promise<string> {
      const { statusCode, body } = await atMost(mostBytes, (signal) =>
        http(new URL(path, url), { method: 'GET', timeout: { request: timeoutMs }, signal }),
      ).catch((cause: unknown) => {
        throw unreachable(url, cause);
      });
      if (statusCode !== 200) throw refusal(url, path, statusCode, body);
      return body;
    },

    /** The lines of a streamed answer. Throws as `call` does. */
    async *lines(url: string, path: string): AsyncGenerator<string> {
      const stream = http.stream(new URL(path, url), { body: '{}', timeout: { connect: 5000, socket: silenceMs } });
      let rest = '';
      try {
        for await (const chunk of stream) {
          rest += String(chunk);
          if (stream.response?.statusCode === 200) {
            const lines = rest.split('\n');
            rest = lines.pop() ?? '';
            yield* lines;
          } else if (rest.length > mostBytes) break;
        }
      } catch (cause) {
        throw unreachable(url, cause);
      }
      const status = stream.response?.statusCode ?? 200;
      if (status !== 200) throw refusal(url, path, status, rest);
      if (rest !== '') yield rest;
    },
  };
}

function refusal(url: string, path: string, status: number, body: string): MusterError {
  const failure = failureSchema.safeParse(jsonOrUndefined(body));
  const text = failure.success ? (failure.data.message ?? failure.data.error ?? '') : body;
  const reason = `${status} ${text.slice(0, 200).trim()}`;
  if (failure.success && noQuorum.test(text)) return new MusterError('etcd-no-quorum', { url, reason });
  return new MusterError('etcd-refused', { url, path, reason }, { status });
}
