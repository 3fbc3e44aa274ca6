import type { z } from 'zod';

/**
 * Who may call: `anyone`; `enrolment-token`, `host-credential` and `metrics-token` as bearer; `session`: the page's cookie, over HTTPS, or
 * the Unix socket's owner; `socket`: its owner only.
 */
export type Access = 'anyone' | 'enrolment-token' | 'host-credential' | 'metrics-token' | 'session' | 'socket';

export interface Answer {
  description: string;
  /** JSON unless `type` says otherwise; absent: no content. */
  schema?: z.ZodType;
  /** Media type of what is no JSON. */
  type?: string;
}

/** One operation of the API: what the OpenAPI document, the audit log and the tests know of a route. */
export interface Operation {
  /** camelCase; the audit log's name for it. */
  id: string;
  method: 'get' | 'post' | 'put' | 'delete';
  /** As express writes it, such as `/v1/hosts/:name/logs`. */
  path: string;
  access: Access | readonly Access[];
  summary: string;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** By HTTP status. Refusals carry a Problem and need not be listed. */
  answers: Readonly<Record<number, Answer>>;
  /** Whether the audit log names it, for what is no GET. Default `always`; `when-done`: not when it was refused. */
  audited?: 'always' | 'when-done' | 'never';
}
