import type { Response } from 'express';
import { masked } from '../../shared/plan/masked.ts';
import { planSchema } from '../../shared/plan/schema.ts';
import { type Differences, differencesSchema } from '../../shared/protocol/page.ts';
import { runningSettingsSchema } from '../../shared/protocol/plan-view.ts';
import { operatorRoutes } from '../../shared/protocol/status.ts';
import { differences } from '../plan/differences.ts';
import { endpoint } from './http/endpoint.ts';

/** Browsers get no secrets; the operator's socket does, to compare plans. */
const shownTo = <T>(response: Response, value: T): T => (response.locals.session === undefined ? value : masked(value));

/** The plan in force, and its differences from the cluster. */
export const planEndpoints = [
  endpoint({
    id: 'getPlan',
    method: 'get',
    path: operatorRoutes.plan,
    access: 'session',
    summary: 'Returns the plan in force, resolved; without secrets for sessions.',
    answers: { 200: { description: 'The plan with all defaults.', schema: planSchema } },
    answer: ({ plan }, { response }) => shownTo(response, plan()),
  }),
  endpoint({
    id: 'getRunningSettings',
    method: 'get',
    path: `${operatorRoutes.plan}/running`,
    access: 'session',
    summary: 'Returns the settings of the running cluster.',
    answers: {
      200: {
        description: 'As planned, except for settings that apply only when a cluster is created. null: no cluster.',
        schema: runningSettingsSchema,
      },
    },
    answer: ({ views }, { response }) => shownTo(response, { settings: views.running() }),
  }),
  endpoint({
    id: 'comparePlan',
    method: 'get',
    path: `${operatorRoutes.plan}/differences`,
    access: 'session',
    summary: 'Lists differences between the plan and the cluster.',
    localized: true,
    answers: { 200: { description: 'Empty if the cluster matches the plan.', schema: differencesSchema } },
    async answer({ plan, views }, { language }): Promise<Differences> {
      const found = differences(plan(), views.running() ?? plan().settings, await views.status(language));
      return {
        differences: found.map(({ host, subject, planned, actual, meaning, remedy }) => ({
          host,
          subject: subject[language],
          planned: planned[language],
          actual: actual[language],
          ...(meaning === undefined ? {} : { meaning: meaning[language] }),
          ...(remedy === undefined ? {} : { remedy: remedy[language] }),
        })),
      };
    },
  }),
];
