import type { Response } from 'express';

export interface DownloadOptions {
  /** The folder that `name` is relative to; absent: `name` is a path. */
  root?: string;
  /** Whether paths with dotfiles are served. */
  dotfiles: 'allow' | 'ignore';
}

/** A client that takes less than `bytes` within `ms` is disconnected: it holds two file descriptors and a buffer. */
export interface Pace {
  bytes: number;
  ms: number;
}
const slowest: Pace = { bytes: 16_384, ms: 15_000 };

/** Sends a file; supports Range. */
export function download(response: Response, name: string, options: DownloadOptions): Promise<void> {
  endIfSlow(response, slowest);
  return new Promise((resolve, reject) => {
    response.sendFile(name, { ...options, cacheControl: false }, (error) => (error ? reject(error) : resolve()));
  });
}

export function endIfSlow(response: Response, { bytes, ms }: Pace): void {
  const sentSoFar = () => (response.socket?.bytesWritten ?? 0) - (response.socket?.writableLength ?? 0);
  let before = sentSoFar();
  const look = setInterval(() => {
    const sent = sentSoFar();
    if (sent - before < bytes) response.destroy();
    before = sent;
  }, ms);
  look.unref();
  response.once('close', () => clearInterval(look));
}
