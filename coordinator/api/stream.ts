import type { Response } from 'express';
import { operatorRoutes } from '../../shared/protocol/status.ts';
import { endpoint } from './http/endpoint.ts';
import { eventStream } from './http/event-stream.ts';

/** Streams of one session: a browser opens one for each tab, and at most six. */
const mostStreams = 8;
/** The open streams of each session, the oldest first. */
const open = new Map<string, Set<Response>>();

/** Closes the oldest ones: a client that lost its network leaves them open for minutes and connects again. */
function keepNewest(session: string, response: Response): void {
  const streams = open.get(session) ?? new Set();
  open.set(session, streams.add(response));
  response.once('close', () => {
    streams.delete(response);
    if (streams.size === 0) open.delete(session);
  });
  for (const oldest of [...streams].slice(0, -mostStreams)) oldest.destroy();
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
      if (typeof sessionId === 'string') keepNewest(sessionId, response);
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
