import { constants, createGzip } from 'node:zlib';
import type { Request, Response } from 'express';

/** A slower reader is disconnected at this many buffered bytes; on reconnect it gets the missed events. */
const maxWaiting = 16_000_000;
/** Beyond this many buffered bytes of all readers together, the one that lags most is disconnected. */
const maxTogether = 128_000_000;
/** A reader with less buffered does not count as lagging. */
const lagging = 1_000_000;

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

/** The bytes that wait in each open stream. */
const open = new Map<Response, () => number>();

function limited(response: Response, target: NodeJS.WritableStream, waiting: () => number): EventStream {
  open.set(response, waiting);
  response.once('close', () => open.delete(response));
  return {
    write(text) {
      if (waiting() > maxWaiting) response.destroy();
      else if (!response.writableEnded && !response.destroyed) target.write(text);
      if (waiting() > lagging) makeRoom();
    },
    end: () => void target.end(),
  };
}

function makeRoom(): void {
  const readers = [...open].map(([response, waiting]) => ({ response, bytes: waiting() }));
  if (readers.reduce((sum, { bytes }) => sum + bytes, 0) <= maxTogether) return;
  const [slowest] = readers.sort((a, b) => b.bytes - a.bytes);
  slowest?.response.destroy();
}
