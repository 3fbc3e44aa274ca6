import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Language } from '../../../shared/text/local-text.ts';
import type { Needs } from '../../replica/standing.ts';
import type { Parts } from '../parts.ts';
import { languageOf } from './language.ts';
import { validate } from './validate.ts';

/**
 * Who may call. `enrolment-token`, `host-credential` and `metrics-token` are bearer tokens; `session` is the page's
 * cookie over HTTPS, or the Unix socket; `socket` is the Unix socket only.
 */
export type Access = 'anyone' | 'enrolment-token' | 'host-credential' | 'metrics-token' | 'session' | 'socket';

export interface Answer {
  description: string;
  /** JSON unless `type` is set; absent: no content. */
  schema?: z.ZodType;
  /** Media type if not JSON. */
  type?: string;
}

/** An endpoint's description for the OpenAPI document, the audit log and the router. */
export interface Description {
  /** camelCase; also the action's name in the audit log. */
  id: string;
  method: 'get' | 'post' | 'put' | 'delete';
  /** In express syntax, such as `/v1/hosts/:name/logs`. */
  path: string;
  access: Access | readonly Access[];
  summary: string;
  /** Answers in the language of `?lang=`, otherwise of Accept-Language. */
  localized?: true;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Maximum body size. Default `16kb`. */
  bodyLimit?: string | number;
  /** By HTTP status, success first. Errors carry a Problem and need no entry. */
  answers: Readonly<Record<number, Answer>>;
  /**
   * Whether the audit log records requests other than GET. Default `always`; `when-done`: only if successful;
   * `when-known`: only with a credential or session.
   */
  audited?: 'always' | 'when-done' | 'when-known' | 'never';
  /** Refused while a restored database is unconfirmed. */
  fenced?: true;
  /**
   * Of several coordinators, which one answers. `active`: the one that may act; its answer is sent once the others could
   * take over with the change. `any`: also one that is cut off from the Kubernetes API. Absent: every one.
   */
  needs?: Needs;
  /** Refused while two machines share the credential. */
  refusesDoubt?: true;
}

/** An endpoint of the API: its description and its handler. */
export interface Endpoint extends Description {
  handle: (parts: Parts, request: Request, response: Response) => Promise<void>;
  /**
   * Whether the request's body is no longer needed; it is then answered with the success status, unread and
   * unvalidated.
   */
  isUnwanted?: (parts: Parts, request: Request, response: Response) => boolean;
}

/** One validated request. */
export interface Call<Query, Body> {
  query: Query;
  body: Body;
  /** A path parameter. */
  param: (name: string) => string;
  language: Language;
  request: Request;
  response: Response;
}

interface Definition<Query extends z.ZodObject, Body extends z.ZodType>
  extends Description,
    Pick<Endpoint, 'isUnwanted'> {
  query?: Query;
  body?: Body;
  /** Returns the body, sent as JSON with the first status of `answers`; undefined: no body. */
  answer?: (parts: Parts, call: Call<z.output<Query>, z.output<Body>>) => unknown;
  /** Writes the response itself if it is not a single JSON value. */
  respond?: (parts: Parts, call: Call<z.output<Query>, z.output<Body>>) => void | Promise<void>;
}

export const usualStatus = ({ answers }: Pick<Description, 'answers'>) => Number(Object.keys(answers)[0]);

/** Combines an endpoint's description and handler; the handler receives validated input. */
export function endpoint<Query extends z.ZodObject, Body extends z.ZodType>(
  definition: Definition<Query, Body>,
): Endpoint {
  const { answer, respond, ...description } = definition;
  const { query, body, answers, localized, needs } = description;
  const status = usualStatus({ answers });

  return {
    ...description,
    async handle(parts, request, response) {
      const call: Call<z.output<Query>, z.output<Body>> = {
        query: (query && validate(query, request.query)) as z.output<Query>,
        body: (body && validate(body, request.body ?? {})) as z.output<Body>,
        param: (name) => String(request.params[name]),
        language: languageOf(request),
        request,
        response,
      };
      if (localized) response.vary('Accept-Language');
      if (respond !== undefined) return respond(parts, call);
      const value = await answer?.(parts, call);
      if (needs === 'active') await parts.acknowledged();
      response.status(status);
      if (value === undefined) response.end();
      else response.json(value);
    },
  };
}
