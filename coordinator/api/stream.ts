import { constants, createGzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { operatorRoutes } from '../../shared/protocol/status.ts';
import { endpoint } from './http/endpoint.ts';

/** A browser waits that long before it comes back. */
const retryMs = 1000;
/** A reader that takes nothing for so long that this many bytes are waiting for it is let go; it comes back and gets what it has missed. */
const maxWaiting = 32_000_000;

/** The hosts and every change of them; shared/protocol/stream.ts says what the events carry. */
export const streamEndpoints = [
  endpoint({
    id: 'streamChanges',
    method: 'get',
    path: operatorRoutes.stream,
    access: 'session',
    summary: 'Streams server-sent events: `snapshot`, then `change` and `beat`; resumes after Last-Event-ID.',
    localized: true,
    answers: { 200: { description: 'Open until the client or the coordinator closes it.', type: 'text/event-stream' } },
    respond({ feed, stopping }, { language, request, response }) {
      const { write, end } = answer(request, response);
      write(`retry: ${retryMs}\n\n`);
      const leave = feed(language).subscribe(request.get('Last-Event-ID'), (text) => {
        // The reader's session may have ended since it came.
        if (response.locals.isStillAdmitted?.() ?? true) write(text);
        else end();
      });
      stopping.addEventListener('abort', end);
      response.once('close', () => {
        stopping.removeEventListener('abort', end);
        leave();
      });
    },
  }),
];

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
