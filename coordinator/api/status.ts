import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import { eventQuerySchema } from '../../shared/protocol/observation.ts';
import {
  eventSchema,
  hostStatusSchema,
  logPageSchema,
  operatorRoutes,
  type Status,
  statusQuerySchema,
  statusSchema,
} from '../../shared/protocol/status.ts';
import type { HostDetails } from '../../shared/protocol/stream.ts';
import { titled } from '../../shared/status/row.ts';
import { statusPieces } from '../view/status-pieces.ts';
import { endpoint } from './http/endpoint.ts';
import type { Parts } from './parts.ts';

/** Maximum number of events in one response. */
const shownEvents = 500;

const logQuery = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
  tail: z.coerce.number().int().positive().max(5000).optional(),
});

function unknown({ plan }: Parts, host: string): MusterError {
  return new MusterError('host-unknown', { host, known: plan().hosts.map(({ name }) => name) });
}

/** As fast as the reader takes it. */
async function sendStatus(response: Response, status: Status): Promise<void> {
  await pipeline(statusPieces(status), response.type('json')).catch((error) => {
    // The reader has left.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

/** Status of the cluster and its hosts. */
export const statusEndpoints = [
  endpoint({
    id: 'getStatus',
    method: 'get',
    path: operatorRoutes.status,
    access: 'session',
    summary: 'Returns the status of the cluster and of every host, or of a page of hosts that the query selects.',
    localized: true,
    query: statusQuerySchema,
    answers: {
      200: {
        description: 'The output of `muster status --json`; with a query, also which page it is.',
        schema: statusSchema,
      },
    },
    async respond({ views, feed }, { query, language, response }) {
      const isWhole = Object.values(query).every((value) => value === undefined);
      if (isWhole) await sendStatus(response, await views.status(language));
      else response.json(views.page(await feed(language).read(), query, language));
    },
  }),
  endpoint({
    id: 'getHost',
    method: 'get',
    path: `${operatorRoutes.hosts}/:name`,
    access: 'session',
    summary: 'Returns the details of one host.',
    localized: true,
    answers: { 200: { description: 'Findings include their titles.', schema: hostStatusSchema } },
    answer(parts, { param, language }): HostDetails {
      const found = parts.views.host(param('name'), language);
      if (found === undefined) throw unknown(parts, param('name'));
      return { ...found, findings: titled(found.findings) };
    },
  }),
  endpoint({
    id: 'getHostLogs',
    method: 'get',
    path: `${operatorRoutes.hosts}/:name/logs`,
    access: 'session',
    summary: 'Returns step output of a host: about 1,000 lines after `after`, or the newest `tail` lines.',
    query: logQuery,
    answers: { 200: { description: 'In order of arrival.', schema: logPageSchema } },
    answer(parts, { param, query: { after, tail } }) {
      const name = param('name');
      const { views, plan } = parts;
      if (!plan().hosts.some((planned) => planned.name === name)) throw unknown(parts, name);
      return tail === undefined ? views.logs(name, after) : views.tail(name, tail);
    },
  }),
  endpoint({
    id: 'listEvents',
    method: 'get',
    path: operatorRoutes.events,
    access: 'session',
    summary: 'Lists events: the newest, or those after `after`.',
    localized: true,
    query: eventQuerySchema,
    answers: { 200: { description: 'Oldest first.', schema: z.array(eventSchema) } },
    answer({ store }, { query: { after, host, kind, since }, language }) {
      const filter = { after, host, kind, since: since === undefined ? undefined : Date.parse(since) };
      const { newest, next } = store.events;
      return after === undefined ? newest(shownEvents, language, filter) : next(shownEvents, language, filter);
    },
  }),
];
