import { MusterError } from '../../shared/errors/errors.ts';
import { operatorRoutes } from '../../shared/protocol/status.ts';
import { supportBundle } from '../observing/bundle.ts';
import { endpoint } from './http/endpoint.ts';

const shownEvents = 500;
/** How long to wait for a host's part of a support bundle, in ms. */
const patienceMs = 25_000;

export const supportEndpoints = [
  endpoint({
    id: 'collectSupportBundle',
    method: 'post',
    path: `${operatorRoutes.hosts}/:name/support-bundle`,
    access: 'socket',
    needs: 'any',
    summary: 'Creates a support bundle of a host, without secrets.',
    answers: { 200: { description: 'A tar.gz.', type: 'application/gzip' } },
    async respond({ collections, now, plan, store, views }, { param, response }) {
      const name = param('name');
      const host = views.host(name, 'en');
      if (host === undefined) {
        throw new MusterError('host-unknown', { host: name, known: plan().hosts.map((planned) => planned.name) });
      }
      const collected = host.enrolledAt === null ? null : await collections.ask(name, patienceMs);
      const output = views.logs(name, 0).lines;
      const parts = { host, plan: plan(), events: store.events.newest(shownEvents), output, collected, now: now() };
      const bundle = Buffer.from(await supportBundle(parts));
      response.type('application/gzip').send(bundle);
    },
  }),
];
