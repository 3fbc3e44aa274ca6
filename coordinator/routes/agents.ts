import express, { type RequestHandler, type Response, Router } from 'express';
import { MusterError } from '../../shared/errors/errors.ts';
import { collectionLimits, collectionSchema } from '../../shared/protocol/collection.ts';
import { dutyResultSchema } from '../../shared/protocol/duty.ts';
import { credentialRequestSchema, enrolRequestSchema, routes } from '../../shared/protocol/enrolment.ts';
import { reportSchema } from '../../shared/protocol/report.ts';
import { revisionHeader } from '../../shared/protocol/revision.ts';
import { bearer, hostOf, refuseDoubt, requireAgent } from '../api/auth.ts';
import { enrol } from '../enrolment/enrolment.ts';
import type { Coordinator } from '../server/coordinator.ts';
import { addressOf } from '../server/listen.ts';
import { offerCredential } from '../upkeep/rotation.ts';
import { perMinute } from './limits.ts';
import { validate, waitMs } from './validate.ts';

const small = express.json({ limit: '16kb', type: () => true });
const collected = express.json({ limit: collectionLimits.bodyBytes, type: () => true });
const large = express.json({ limit: '1mb', type: () => true });

/** Fires when the client has gone. */
function gone(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

/** A new host comes in with its enrolment token. */
export function enrolRoute({ store, plan, now, fence }: Coordinator, limit: number): Router {
  return Router().post(routes.enrol, perMinute(limit), small, (request, response) => {
    fence.refuse();
    const token = bearer(request);
    if (token === null) {
      throw new MusterError('token-missing', 'Authorization: Bearer TOKEN is needed', {
        status: 401,
        remedy: 'make a new line on the coordinator: muster token create HOST',
      });
    }
    const body = validate(enrolRequestSchema, request.body);
    const applicant = { token, request: body, remote: addressOf(request) };
    const answer = enrol({ store, plan: plan(), now: now() }, applicant);
    response.locals.subject = answer.host;
    response.json(answer);
  });
}

/** The routes of agents that are in. None names a host: the credential does. */
export function agentRoutes(coordinator: Coordinator): Router {
  const { collections, contacts, dutyResults, fence, joins, machines, now, reports, store, targets, waiters } =
    coordinator;
  const agent = requireAgent(coordinator);
  const router = Router();

  router.post(routes.reports, agent, refuseDoubt, large, async (request, response) => {
    await reports.receive(hostOf(response), validate(reportSchema, request.body));
    response.status(204).end();
  });

  /** All but reports waits until a restored database has been confirmed. */
  const trusted: RequestHandler = (_request, _response, next) => {
    fence.refuse();
    next();
  };

  router.get(routes.target, agent, trusted, async (request, response) => {
    const host = hostOf(response);
    const seen = request.headers['if-none-match'];
    const deadline = now().getTime() + waitMs(request.query.wait);
    const signal = gone(response);
    let target = targets.of(host);
    while (
      target.etag === seen &&
      now().getTime() < deadline &&
      !signal.aborted &&
      !waiters.isClosed() &&
      machines.isCurrent(host, response.locals.bootId) &&
      !fence.state()
    ) {
      await waiters.wait(host, Math.min(deadline, target.until) - now().getTime(), signal);
      target = targets.of(host);
    }
    if (signal.aborted) return;
    fence.refuse();
    contacts.saw(host);
    response.set(revisionHeader, fence.seal());
    response.set('ETag', target.etag);
    if (target.etag === seen) response.status(304).end();
    else response.type('json').send(target.json);
  });

  router.post(routes.joinCredentials, agent, trusted, refuseDoubt, async (request, response) => {
    if (machines.isOnProbation(hostOf(response))) {
      throw new MusterError(
        'join-not-yet',
        'this host has just been rebooted: waiting whether its earlier boot is heard of again',
        {
          status: 503,
          retryAfter: 2,
        },
      );
    }
    const credential = await joins.request(hostOf(response), waitMs(request.query.wait), gone(response));
    response.json(credential);
  });

  router.post(routes.credentials, agent, trusted, refuseDoubt, small, (request, response) => {
    const { credentialSha256 } = validate(credentialRequestSchema, request.body);
    offerCredential({ store, now: now() }, hostOf(response), credentialSha256);
    response.status(204).end();
  });

  router.post(`${routes.duties}/:id`, agent, trusted, refuseDoubt, small, (request, response) => {
    dutyResults.receive(hostOf(response), String(request.params.id), validate(dutyResultSchema, request.body));
    response.status(204).end();
  });

  router.post(`${routes.collections}/:id`, agent, collected, (request, response) => {
    collections.receive(hostOf(response), String(request.params.id), validate(collectionSchema, request.body));
    response.status(204).end();
  });

  return router;
}
