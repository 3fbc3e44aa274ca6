import got from 'got';
import { MusterError } from '../../shared/errors/errors.ts';
import { reasonOf } from '../../shared/errors/reason.ts';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';

export interface DownloadOptions {
  signal: AbortSignal;
  /** For the whole response. Default 60,000. */
  timeoutMs?: number;
  /** Suggested change to the plan if it fails. */
  fix?: LocalText;
}

/** Downloads a file into memory. Throws MusterError `download-failed`. */
export async function download(
  url: string,
  { signal, timeoutMs = 60_000, fix = verbatim('') }: DownloadOptions,
): Promise<Buffer> {
  try {
    return Buffer.from(await got(url, { signal, timeout: { request: timeoutMs }, retry: { limit: 2 } }).buffer());
  } catch (cause) {
    signal.throwIfAborted();
    throw new MusterError('download-failed', { url, reason: reasonOf(cause), fix }, { cause });
  }
}
