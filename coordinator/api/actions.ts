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

/** Operator actions on single hosts. */
export const actionEndpoints = [
  endpoint({
    id: 'listActions',
    method: 'get',
    path: `${operatorRoutes.hosts}/:name/actions`,
    access: 'session',
    summary: 'Lists the actions on a host and their effects.',
    answers: { 200: { description: 'Includes refused actions with the reason.', schema: actionListSchema } },
    answer: ({ actions }, { param }) => ({ host: param('name'), actions: actions.previews(param('name')) }),
  }),
  endpoint({
    id: 'performAction',
    method: 'post',
    path: `${operatorRoutes.hosts}/:name/actions`,
    access: 'session',
    needs: 'active',
    summary:
      'Pauses, resumes, resets, retires, readmits, replaces or converts a host, cancels its operation, or picks its machine.',
    body: actionRequestSchema,
    answers: {
      200: { description: 'The result, and the operation if one was started.', schema: actionResponseSchema },
    },
    fenced: true,
    answer: ({ actions, oneLiner }, { param, body, response }) =>
      actions.perform(param('name'), body, String(response.locals.actor), oneLiner),
  }),
  endpoint({
    id: 'listOperations',
    method: 'get',
    path: operatorRoutes.operations,
    access: 'session',
    summary: 'Lists the newest 100 operations.',
    answers: { 200: { description: 'Each operation with its parts.', schema: z.array(operationSchema) } },
    answer: ({ store }) => store.operations.newest(shownOperations),
  }),
];
