import got from 'got';
import { MusterError, messageOf } from '../../shared/errors/errors.ts';

export interface DownloadOptions {
  signal: AbortSignal;
  /** For the whole answer. Default 60,000. */
  timeoutMs?: number;
  /** What the plan could say instead. */
  remedy?: string;
}

/** Throws MusterError `download-failed`. */
export async function download(url: string, { signal, timeoutMs = 60_000, remedy }: DownloadOptions): Promise<Buffer> {
  try {
    return Buffer.from(await got(url, { signal, timeout: { request: timeoutMs }, retry: { limit: 2 } }).buffer());
  } catch (cause) {
    signal.throwIfAborted();
    throw new MusterError('download-failed', `${url} could not be downloaded: ${messageOf(cause)}`, {
      cause,
      ...(remedy === undefined ? {} : { remedy }),
    });
  }
}
