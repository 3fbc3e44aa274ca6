import type { Response } from 'express';
import { MusterError } from '../../shared/errors/errors.ts';
import { operatorRoutes } from '../../shared/protocol/status.ts';
import { endpoint } from './http/endpoint.ts';
import { eventStream } from './http/event-stream.ts';

/** Streams of one session at once: a browser opens one for each tab, and at most six. */
const mostStreams = 8;
const open = new Map<string, number>();

/** Counts a stream of a session until the response is closed. Throws MusterError `too-many-streams`. */
function countStream(session: string, response: Response): void {
  const count = open.get(session) ?? 0;
  if (count >= mostStreams) throw new MusterError('too-many-streams', { limit: mostStreams });
  open.set(session, count + 1);
  response.once('close', () => {
    const left = (open.get(session) ?? 1) - 1;
    if (left > 0) open.set(session, left);
    else open.delete(session);
  });
}

/** Reconnect delay of browsers, in ms. */
const retryMs = 1000;

/** The stream of hosts and their changes; see shared/protocol/stream.ts for the events. */
export const streamEndpoints = [
  endpoint({
    id: 'streamChanges',
    method: 'get',
    path: operatorRoutes.stream,
    access: 'session',
    summary:
      'Streams server-sent events: `snapshot` and its `rows`, then `change` and `beat`; resumes after Last-Event-ID.',
    localized: true,
    answers: { 200: { description: 'Open until the client or the coordinator closes it.', type: 'text/event-stream' } },
    respond({ feed, stopping }, { language, request, response }) {
      const { sessionId } = response.locals;
      if (typeof sessionId === 'string') countStream(sessionId, response);
      const { write, end } = eventStream(request, response);
      write(`retry: ${retryMs}\n\n`);
      const leave = feed(language).subscribe(request.get('Last-Event-ID'), (text) => {
        // The session may have ended since the stream began.
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
