import { assign } from '../../../shared/plan/assign.ts';
import type { Assignment } from '../../../shared/protocol/assignment.ts';
import { planOf } from '../plan/plan-text.ts';

/** The assignment of a host in a plan with these sections. */
export function assignmentOf(host: string, sections: Record<string, unknown> = {}): Assignment {
  const assignment = assign(planOf(sections), host);
  if (assignment === null) throw new Error(`the plan has no host ${host}`);
  return assignment;
}
