import { z } from 'zod';

/** For those who watch the coordinator itself. */
export const observationRoutes = {
  /** GET: the process answers. */
  health: '/healthz',
  /** GET: it can do its work; 503 where it can't. */
  ready: '/readyz',
  /** GET: Prometheus' text format; over HTTPS with the metrics token as bearer. */
  metrics: '/metrics',
  /** GET: this API, as OpenAPI 3.1. */
  api: '/openapi.json',
  /** POST, over the socket only: a new metrics token; the one before it ends. */
  metricsTokens: '/v1/metrics-tokens',
  /** GET ?since=: who did what; over the socket only. */
  audit: '/v1/audit',
} as const;

export const readinessSchema = z.object({
  ready: z.boolean(),
  /** By name; false: this is what is missing. */
  checks: z.record(z.string(), z.boolean()),
});
export type Readiness = z.infer<typeof readinessSchema>;

export const metricsTokenSchema = z.object({
  /** Shown once; only its hash is stored. */
  token: z.string(),
  /** Where the coordinator is reached. */
  url: z.string(),
});
export type MetricsToken = z.infer<typeof metricsTokenSchema>;

const moment = z.iso.datetime();

/** What GET /v1/events may be asked for. Without `after`: the newest; with it: what follows, without a gap. */
export const eventQuerySchema = z.object({
  after: z.coerce.number().int().nonnegative().optional(),
  host: z.string().max(63).optional(),
  kind: z.string().max(64).optional(),
  since: moment.optional(),
});
export type EventQuery = { [K in keyof z.infer<typeof eventQuerySchema>]?: z.infer<typeof eventQuerySchema>[K] };

export const auditQuerySchema = z.object({ since: moment.optional() });
