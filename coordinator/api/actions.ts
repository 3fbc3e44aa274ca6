import { z } from 'zod';
import {
  actionListSchema,
  actionRequestSchema,
  actionResponseSchema,
  operationSchema,
} from '../../shared/protocol/operation.ts';
import { operatorRoutes } from '../../shared/protocol/status.ts';
import { endpoint } from './http/endpoint.ts';

const shownOperations = 100;

/** What an operator may see and do of single hosts. */
export const actionEndpoints = [
  endpoint({
    id: 'listActions',
    method: 'get',
    path: `${operatorRoutes.hosts}/:name/actions`,
    access: 'session',
    summary: 'What may be done to a host, and what each action would do before it does it.',
    answers: { 200: { description: 'Also those that are refused now, and why.', schema: actionListSchema } },
    answer: ({ actions }, { param }) => ({ host: param('name'), actions: actions.previews(param('name')) }),
  }),
  endpoint({
    id: 'performAction',
    method: 'post',
    path: `${operatorRoutes.hosts}/:name/actions`,
    access: 'session',
    summary: 'Pauses, resumes, resets, replaces, retires or readmits a host, or ends what is under way.',
    body: actionRequestSchema,
    answers: { 200: { description: 'What was done, and what goes on.', schema: actionResponseSchema } },
    fenced: true,
    answer: ({ actions, oneLiner }, { param, body, response }) =>
      actions.perform(param('name'), body, String(response.locals.actor), oneLiner),
  }),
  endpoint({
    id: 'listOperations',
    method: 'get',
    path: operatorRoutes.operations,
    access: 'session',
    summary: 'What was or is being done to hosts in several parts: the newest 100.',
    answers: { 200: { description: 'With each part.', schema: z.array(operationSchema) } },
    answer: ({ store }) => store.operations.newest(shownOperations),
  }),
];
