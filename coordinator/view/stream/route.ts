import { constants, createGzip } from 'node:zlib';
import { type Request, type Response, Router } from 'express';
import { operatorRoutes } from '../../../shared/protocol/status.ts';
import type { Language } from '../../../shared/text/local-text.ts';
import type { Feed } from './feed.ts';

/** A browser waits that long before it comes back. */
const retryMs = 1000;
/** A reader that takes nothing for so long that this many bytes are waiting for it is let go; it comes back and gets what it has missed. */
const maxWaiting = 32_000_000;

export interface StreamOptions {
  feed: (language: Language) => Feed;
  language: (request: Request) => Language;
  /** Whether the reader may go on: its session may have ended since it came. */
  admitted: (request: Request) => boolean;
  /** Ends every stream. */
  signal: AbortSignal;
}

/** GET /v1/stream: the hosts and every change of them as server-sent events; shared/protocol/stream.ts says what they carry. */
export function streamRoute({ feed, language, admitted, signal }: StreamOptions): Router {
  const router = Router();
  const open = new Set<() => void>();
  signal.addEventListener('abort', () => {
    for (const end of open) end();
  });

  router.get(operatorRoutes.stream, (request, response) => {
    const { write, end } = answer(request, response);
    write(`retry: ${retryMs}\n\n`);
    const leave = feed(language(request)).subscribe(request.get('Last-Event-ID'), (text) => {
      if (admitted(request)) write(text);
      else end();
    });
    open.add(end);
    response.once('close', () => {
      open.delete(end);
      leave();
    });
  });
  return router;
}

/** The answer's body, compressed where the browser takes that; each write arrives whole and at once. */
function answer(request: Request, response: Response): { write: (text: string) => void; end: () => void } {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  // Without it, two small writes wait for each other.
  request.socket.setNoDelay(true);
  const pressed = /\bgzip\b/.test(request.get('Accept-Encoding') ?? '');
  if (!pressed) {
    return { write: (text) => void limited(response, () => response.write(text)), end: () => void response.end() };
  }
  const gzip = createGzip({ level: 4, flush: constants.Z_SYNC_FLUSH });
  response.set('Content-Encoding', 'gzip');
  gzip.pipe(response);
  response.once('close', () => gzip.destroy());
  return { write: (text) => void limited(response, () => gzip.write(text)), end: () => void gzip.end() };
}

function limited(response: Response, write: () => void): void {
  if (response.writableLength > maxWaiting) response.destroy();
  else if (!response.writableEnded && !response.destroyed) write();
}
