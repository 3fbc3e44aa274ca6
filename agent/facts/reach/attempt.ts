import got, { type OptionsInit, RequestError, type Response } from 'got';
import type { z } from 'zod';
import { atMost, keepHttps, type RunningRequest } from '../../../shared/node/bounded-request.ts';
import type { attemptSchema } from '../../../shared/protocol/fact-groups.ts';
import { redactLine } from '../../../shared/redact.ts';
import type { Outbound } from '../../machine/outbound.ts';

export type Attempt = z.infer<typeof attemptSchema>;

/** Size limit of a response in bytes; the largest indexes of packages have about 1 MB, packed. */
const most = 16 * 1024 ** 2;

/** Time limit of one attempt, including redirects and tokens, in ms. */
export const patience = 4000;

export interface Answer extends Attempt {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export interface AskOptions {
  /** How the request leaves the host. Default: directly, with the program's authorities. */
  via?: Outbound;
  /** PEM of the only trusted authorities. */
  ca?: string;
  headers?: Record<string, string>;
  method?: 'GET' | 'HEAD';
  /** Statuses besides 2xx that count as success. */
  alsoFine?: readonly number[];
}

/** Sends one request within the deadline and returns the outcome. Never throws. */
export async function ask(
  url: string,
  { via, ca, headers: sent = {}, method = 'GET', alsoFine = [] }: AskOptions,
): Promise<Answer> {
  const started = performance.now();
  const took = () => Math.round(performance.now() - started);
  const options: OptionsInit = {
    method,
    headers: sent,
    timeout: { request: patience },
    retry: { limit: 0 },
    throwHttpErrors: false,
    decompress: false,
    maxRedirects: 5,
    hooks: { beforeRedirect: [keepHttps] },
    ...via?.(url),
    ...(ca === undefined ? {} : { https: { certificateAuthority: ca } }),
  };
  try {
    const response = await atMost(
      most,
      (signal) => got(url, { ...options, signal, responseType: 'buffer' }) as RunningRequest<Response<Uint8Array>>,
    );
    const { statusCode: status, headers } = response;
    const result = status < 300 || alsoFine.includes(status) ? 'ok' : status === 404 ? 'missing' : 'failed';
    const body = Buffer.from(response.body);
    return { result, target: url, detail: `HTTP ${status}`, ms: took(), status, headers, body };
  } catch (error) {
    const { code, message } = error instanceof RequestError ? error : { code: '', message: String(error) };
    const detail = redactLine(message).slice(0, 200);
    return {
      result: resultOf(code, message),
      target: url,
      detail,
      ms: took(),
      status: 0,
      headers: {},
      body: Buffer.alloc(0),
    };
  }
}

/** The part of an answer that is reported. */
export const attemptOf = ({ result, target, detail, ms }: Answer): Attempt => ({ result, target, detail, ms });

function resultOf(code: string, message: string): Attempt['result'] {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ENOTFOUND') return 'no-such-name';
  if (/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|ISSUER/.test(code)) return 'untrusted';
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(code) || /wrong version number/i.test(message))
    return 'plain-http';
  return code === 'ECONNRESET' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH' ? 'failed' : 'unknown';
}
