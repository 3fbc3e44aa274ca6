import { Router } from 'express';
import {
  auditQuerySchema,
  type MetricsToken,
  observationRoutes,
  type Readiness,
} from '../../shared/protocol/observation.ts';
import { bearer } from '../api/auth.ts';
import { apiDocument } from '../api/document.ts';
import type { Counted, Metrics } from '../observing/metrics.ts';
import { createMetricsToken, requireMetricsToken } from '../observing/metrics-token.ts';
import type { Store } from '../store/store.ts';
import { perMinute } from './limits.ts';
import { validate } from './validate.ts';

/** Entries of one answer, at the most. */
const shownAudit = 1000;

export interface ObservationOptions {
  store: Store;
  metrics: Metrics;
  counted: () => Counted;
  readiness: () => Readiness;
  /** Where the coordinator is reached. */
  url: () => string;
}

/** For load balancers and those who write a client: cheap, and without a login. */
export function publicRoutes({ readiness }: ObservationOptions): Router {
  const router = Router();
  router.get(observationRoutes.health, (_request, response) => {
    response.type('text').send('ok\n');
  });
  router.get(observationRoutes.ready, (_request, response) => {
    const answer = readiness();
    response.status(answer.ready ? 200 : 503).json(answer);
  });
  router.get(observationRoutes.api, (_request, response) => {
    response.json(apiDocument());
  });
  return router;
}

/** Metrics for who has the metrics token. */
export function guardedMetrics(options: ObservationOptions): Router {
  return Router().get(observationRoutes.metrics, perMinute(120), async (request, response) => {
    requireMetricsToken(options.store, bearer(request));
    response.type(options.metrics.contentType).send(await options.metrics.read(options.counted()));
  });
}

/** What only the socket's owner may see of the coordinator itself. */
export function ownerRoutes(options: ObservationOptions): Router {
  const { store, metrics, counted, url } = options;
  const router = Router();
  router.get(observationRoutes.metrics, async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.read(counted()));
  });
  router.post(observationRoutes.metricsTokens, (_request, response) => {
    const answer: MetricsToken = { token: createMetricsToken(store), url: url() };
    response.status(201).json(answer);
  });
  router.get(observationRoutes.audit, (request, response) => {
    const { since } = validate(auditQuerySchema, request.query);
    response.json(store.audit.newest(since === undefined ? 0 : Date.parse(since), shownAudit));
  });
  return router;
}
