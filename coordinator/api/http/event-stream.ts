import { constants, createGzip } from 'node:zlib';
import type { Request, Response } from 'express';

/** Bytes that may wait for a reader that does not read; then it is disconnected, comes back and gets what it missed. */
const maxWaiting = 32_000_000;

export interface EventStream {
  /** Sends a text whole and at once. */
  write: (text: string) => void;
  end: () => void;
}

/** Answers with server-sent events, compressed if the browser accepts that. */
export function eventStream(request: Request, response: Response): EventStream {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  // Without it, two small writes wait for each other.
  request.socket.setNoDelay(true);
  const pressed = /\bgzip\b/.test(request.get('Accept-Encoding') ?? '');
  if (!pressed) return limited(response, response, () => response.writableLength);
  const gzip = createGzip({ level: 4, flush: constants.Z_SYNC_FLUSH });
  response.set('Content-Encoding', 'gzip');
  gzip.pipe(response);
  response.once('close', () => gzip.destroy());
  // What the response does not take stays before and behind the compressor.
  return limited(response, gzip, () => gzip.writableLength + gzip.readableLength + response.writableLength);
}

function limited(response: Response, target: NodeJS.WritableStream, waiting: () => number): EventStream {
  return {
    write(text) {
      if (waiting() > maxWaiting) response.destroy();
      else if (!response.writableEnded && !response.destroyed) target.write(text);
    },
    end: () => void target.end(),
  };
}
