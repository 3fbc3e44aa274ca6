import { constants, createGzip } from 'node:zlib';
import type { Request, Response } from 'express';

/** A slower reader is disconnected at this many buffered bytes; on reconnect it gets the missed events. */
const maxWaiting = 16_000_000;

export interface EventStream {
  /** Sends the text and flushes it. */
  write: (text: string) => void;
  end: () => void;
}

/** Responds with server-sent events, compressed if the client accepts gzip. */
export function eventStream(request: Request, response: Response): EventStream {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  // Nagle's algorithm would delay the second of two small writes.
  request.socket.setNoDelay(true);
  const pressed = /\bgzip\b/.test(request.get('Accept-Encoding') ?? '');
  if (!pressed) return limited(response, response, () => response.writableLength);
  const gzip = createGzip({ level: 4, flush: constants.Z_SYNC_FLUSH });
  response.set('Content-Encoding', 'gzip');
  gzip.pipe(response);
  response.once('close', () => gzip.destroy());
  // Unsent data is buffered before and after the compressor.
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
