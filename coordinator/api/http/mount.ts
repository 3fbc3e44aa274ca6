import express, { type RequestHandler, Router } from 'express';
import { MusterError } from '../../../shared/errors/errors.ts';
import type { Parts } from '../parts.ts';
import { refuseDoubt } from './auth.ts';
import { type Access, type Description, type Endpoint, usualStatus } from './endpoint.ts';
import { inTurn } from './turns.ts';

/** Middleware for each kind of access; endpoints of an absent kind are not served. */
export type Gates = Partial<Record<Access, readonly RequestHandler[]>>;

/** An express router of the endpoints that `gates` covers. */
export function mount(endpoints: readonly Endpoint[], gates: Gates, parts: Parts): Router {
  const router = Router();
  for (const endpoint of endpoints) {
    const gate = gateOf(endpoint, gates);
    if (gate === undefined) continue;
    const before = [named(endpoint), ...ofStanding(endpoint, parts), ...gate, ...guards(endpoint, parts)];
    router[endpoint.method](endpoint.path, ...before, (request, response) => endpoint.handle(parts, request, response));
  }
  return router;
}

export function accessOf({ access }: Pick<Description, 'access'>): readonly Access[] {
  return typeof access === 'string' ? [access] : access;
}

function gateOf(endpoint: Endpoint, gates: Gates): readonly RequestHandler[] | undefined {
  return accessOf(endpoint)
    .map((access) => gates[access])
    .find((gate) => gate !== undefined);
}

/** Makes the matched endpoint available to middleware that runs on every request. */
export const named =
  (endpoint: Description): RequestHandler =>
  (_request, response, next) => {
    response.locals.endpoint = endpoint;
    next();
  };

/** First, because a standby cannot judge a credential. */
function ofStanding({ needs }: Endpoint, { standing }: Parts): readonly RequestHandler[] {
  if (needs === undefined) return [];
  const refuse: RequestHandler = (_request, _response, next) => {
    standing.refuse(needs);
    next();
  };
  return [refuse];
}

function guards(endpoint: Endpoint, parts: Parts): readonly RequestHandler[] {
  const { fenced, refusesDoubt, isUnwanted, body, bodyLimit = '16kb' } = endpoint;
  return [
    ...(fenced ? [refuseRestored(parts)] : []),
    ...(refusesDoubt ? [refuseDoubt] : []),
    ...(isUnwanted === undefined ? [] : [dropUnwanted(endpoint, parts)]),
    ...(body === undefined ? [] : [readBody(bodyLimit), inTurn, parseBody]),
  ];
}

/** Not inflated: a compressed body costs more than its size tells, and no client sends one. */
const readBody = (limit: string | number) => express.text({ limit, type: () => true, inflate: false });

/** In turn, because one turn of the event loop may end the bodies of a thousand reports. */
const parseBody: RequestHandler = (request, _response, next) => {
  request.body = parsed(request.body ?? '');
  next();
};

/** Throws MusterError 400 `malformed` unless it is a JSON object or array; nothing is an empty object. */
function parsed(text: string): object {
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MusterError('malformed', {}, { cause });
  }
  if (typeof value !== 'object' || value === null) throw new MusterError('malformed');
  return value;
}

const dropUnwanted =
  (endpoint: Endpoint, parts: Parts): RequestHandler =>
  (request, response, next) => {
    if (endpoint.isUnwanted?.(parts, request, response)) response.status(usualStatus(endpoint)).end();
    else next();
  };

const refuseRestored =
  ({ fence }: Parts): RequestHandler =>
  (_request, _response, next) => {
    fence.refuse();
    next();
  };
