import { Router } from 'express';
import { eventQuerySchema } from '../../shared/protocol/observation.ts';
import { operatorRoutes } from '../../shared/protocol/status.ts';
import type { Coordinator } from '../server/coordinator.ts';
import { languageOf } from './language.ts';
import { validate } from './validate.ts';

/** Events of one answer, at the most. */
const shown = 500;

/** What has happened: the newest, or what follows a sequence number. */
export function eventRoutes({ store }: Pick<Coordinator, 'store'>): Router {
  return Router().get(operatorRoutes.events, (request, response) => {
    const { after, host, kind, since } = validate(eventQuerySchema, request.query);
    const filter = { after, host, kind, since: since === undefined ? undefined : Date.parse(since) };
    const language = languageOf(request);
    const events =
      after === undefined ? store.events.newest(shown, language, filter) : store.events.next(shown, language, filter);
    response.vary('Accept-Language').json(events);
  });
}
