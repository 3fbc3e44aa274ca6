import { parsePlan } from '../../shared/plan/parse.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import { planText } from './support.ts';

/** The plan of planText(): master01, node01 (with a label and a taint), node02. */
export function plan(): Plan {
  const { plan: parsed, problems } = parsePlan(planText(), { readFile: () => '' });
  if (parsed === null) throw new Error(JSON.stringify(problems));
  return parsed;
}
