import { retriedSchema, updateRoutes, updatesSchema } from '../../shared/protocol/updates.ts';
import { endpoint } from './http/endpoint.ts';

/** The state of agent updates, and resuming them after a failure. */
export const updateEndpoints = [
  endpoint({
    id: 'getUpdates',
    method: 'get',
    path: updateRoutes.updates,
    access: 'socket',
    summary: 'Returns the update state of the agents.',
    answers: { 200: { description: 'By host.', schema: updatesSchema } },
    answer: ({ rollout }) => rollout.view(),
  }),
  endpoint({
    id: 'retryUpdates',
    method: 'post',
    path: updateRoutes.retry,
    access: 'socket',
    needs: 'active',
    summary: 'Resumes agent updates after a failure.',
    answers: { 202: { description: 'The hosts whose update had failed.', schema: retriedSchema } },
    answer: ({ rollout }) => ({ hosts: rollout.retry() }),
  }),
];
