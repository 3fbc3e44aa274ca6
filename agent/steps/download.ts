import got, { type OptionsInit } from 'got';
import { MusterError } from '../../shared/errors/errors.ts';
import { reasonOf } from '../../shared/errors/reason.ts';
import { atMost, keepHttps } from '../../shared/node/bounded-request.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import { withoutPasswords } from '../../shared/redact.ts';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { outbound } from '../machine/outbound.ts';

export interface DownloadOptions {
  host: Host;
  /** Names the proxy. */
  settings: ClusterSettings;
  signal: AbortSignal;
  /** For the whole response. Default 60,000. */
  timeoutMs?: number;
  /** Suggested change to the plan if it fails. */
  fix?: LocalText;
}

/** Size limit in bytes; the largest manifests have about 1 MB. */
const most = 16 * 1024 ** 2;

/**
 * Downloads a key or a manifest into memory; follows no redirect from https to http. Throws MusterError
 * `download-failed`.
 */
export async function download(
  url: string,
  { host, settings, signal, timeoutMs = 60_000, fix = verbatim('') }: DownloadOptions,
): Promise<Buffer> {
  const options = {
    ...(await outbound(host, settings))(url),
    responseType: 'buffer' as const,
    resolveBodyOnly: true as const,
    timeout: { request: timeoutMs },
    retry: { limit: 2 },
    maxRedirects: 5,
    hooks: { beforeRedirect: [keepHttps] },
  } satisfies OptionsInit;
  try {
    return Buffer.from(
      await atMost(most, (limit) => got(url, { ...options, signal: AbortSignal.any([signal, limit]) })),
    );
  } catch (cause) {
    signal.throwIfAborted();
    throw new MusterError('download-failed', { url, reason: withoutPasswords(reasonOf(cause)), fix }, { cause });
  }
}
