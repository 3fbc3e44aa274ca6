import { planSchema } from '../../shared/plan/schema.ts';
import { type Differences, differencesSchema } from '../../shared/protocol/page.ts';
import { operatorRoutes } from '../../shared/protocol/status.ts';
import { differences } from '../plan/differences.ts';
import { endpoint } from './http/endpoint.ts';

/** The plan in force, and its differences from the cluster. */
export const planEndpoints = [
  endpoint({
    id: 'getPlan',
    method: 'get',
    path: operatorRoutes.plan,
    access: 'session',
    summary: 'Returns the plan in force, resolved.',
    answers: { 200: { description: 'The plan with all defaults.', schema: planSchema } },
    answer: ({ plan }) => plan(),
  }),
  endpoint({
    id: 'comparePlan',
    method: 'get',
    path: `${operatorRoutes.plan}/differences`,
    access: 'session',
    summary: 'Lists differences between the plan and the cluster.',
    localized: true,
    answers: { 200: { description: 'Empty if the cluster matches the plan.', schema: differencesSchema } },
    answer({ plan, views }, { language }): Differences {
      const found = differences(plan(), views.status(language));
      return {
        differences: found.map(({ host, subject, planned, actual }) => ({
          host,
          subject: subject[language],
          planned: planned[language],
          actual: actual[language],
        })),
      };
    },
  }),
];
