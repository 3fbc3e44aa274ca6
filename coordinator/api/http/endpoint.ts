import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Language } from '../../../shared/text/local-text.ts';
import type { Parts } from '../parts.ts';
import { languageOf } from './language.ts';
import { validate } from './validate.ts';

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

/** What the OpenAPI document, the audit log and the router know of an endpoint. */
export interface Description {
  /** camelCase; the audit log's name for it. */
  id: string;
  method: 'get' | 'post' | 'put' | 'delete';
  /** As express writes it, such as `/v1/hosts/:name/logs`. */
  path: string;
  access: Access | readonly Access[];
  summary: string;
  /** Answers in the language of `?lang=`, else of Accept-Language. */
  localized?: true;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Default `16kb`. */
  bodyLimit?: string | number;
  /** By HTTP status, the usual one first. Refusals carry a Problem and need not be listed. */
  answers: Readonly<Record<number, Answer>>;
  /** Whether the audit log names it, for what is no GET. Default `always`; `when-done`: not when it was refused. */
  audited?: 'always' | 'when-done' | 'never';
  /** Refused while the database is a restored copy that nobody has confirmed. */
  fenced?: true;
  /** Refused to two machines that have one credential. */
  refusesDoubt?: true;
}

/** An endpoint of the API: its description and what answers. */
export interface Endpoint extends Description {
  handle: (parts: Parts, request: Request, response: Response) => Promise<void>;
  /** Whether nobody has a use for this request: it is answered with the first status, and its body is neither read nor validated. */
  isUnwanted?: (parts: Parts, request: Request, response: Response) => boolean;
}

/** One request, validated. */
export interface Call<Query, Body> {
  query: Query;
  body: Body;
  /** A parameter of the path. */
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
  /** Returns what is sent as JSON under the first status of `answers`; undefined: nothing. */
  answer?: (parts: Parts, call: Call<z.output<Query>, z.output<Body>>) => unknown;
  /** Writes the response, where it is more than one JSON value. */
  respond?: (parts: Parts, call: Call<z.output<Query>, z.output<Body>>) => void | Promise<void>;
}

export const usualStatus = ({ answers }: Pick<Description, 'answers'>) => Number(Object.keys(answers)[0]);

/** Puts what an endpoint is and what it does into one object. */
export function endpoint<Query extends z.ZodObject, Body extends z.ZodType>(
  definition: Definition<Query, Body>,
): Endpoint {
  const { answer, respond, ...description } = definition;
  const { query, body, answers, localized } = description;
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
      response.status(status);
      if (value === undefined) response.end();
      else response.json(value);
    },
  };
}
