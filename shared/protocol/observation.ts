import { z } from 'zod';

/** Routes for monitoring the coordinator. */
export const observationRoutes = {
  /** GET: the process answers. */
  health: '/healthz',
  /** GET: ready to work; 503 otherwise. */
  ready: '/readyz',
  /** GET: Prometheus text format, over HTTPS with the metrics token as bearer. */
  metrics: '/metrics',
  /** GET: OpenAPI 3.1 description of this API. */
  api: '/openapi.json',
  /** POST, over the socket only: creates a metrics token and revokes the previous one. */
  metricsTokens: '/v1/metrics-tokens',
  /** GET ?since=: audit log, over the socket only. */
  audit: '/v1/audit',
} as const;

export const readinessSchema = z.object({
  ready: z.boolean(),
  /** Results by name; false: not ready. */
  checks: z.record(z.string(), z.boolean()),
});
export type Readiness = z.infer<typeof readinessSchema>;

export const metricsTokenSchema = z.object({
  /** Shown once; only its hash is stored. */
  token: z.string(),
  /** URL of the metrics endpoint. */
  url: z.string(),
});
export type MetricsToken = z.infer<typeof metricsTokenSchema>;

const moment = z.iso.datetime();

/** Query of GET /v1/events. Without `after`: the newest events; with `after`: the events that follow, without gaps. */
export const eventQuerySchema = z.object({
  after: z.coerce.number().int().nonnegative().optional(),
  host: z.string().max(63).optional(),
  kind: z.string().max(64).optional(),
  since: moment.optional(),
});
export type EventQuery = { [K in keyof z.infer<typeof eventQuerySchema>]?: z.infer<typeof eventQuerySchema>[K] };

export const auditQuerySchema = z.object({ since: moment.optional() });
