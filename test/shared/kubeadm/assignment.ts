import { assign } from '../../../shared/plan/assign.ts';
import type { Assignment } from '../../../shared/protocol/assignment.ts';
import { planOf } from '../plan/plan-text.ts';

/** What a host of the plan with these sections is assigned. */
export function assignmentOf(host: string, sections: Record<string, unknown> = {}): Assignment {
  const assignment = assign(planOf(sections), host);
  if (assignment === null) throw new Error(`the plan has no host ${host}`);
  return assignment;
}
