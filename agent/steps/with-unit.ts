import type { StepId } from '../../shared/steps/catalogue.ts';
import { isExecutable, lookAtAll } from '../changes/execute.ts';
import { changesOf } from './declared.ts';
import type { CheckResult, StepContext } from './step.ts';
import { unitProblem } from './unit-problem.ts';

/** The check of a step that may start a service of muster's own: its changes, and that the service runs. */
export async function checkWithUnit(id: StepId, unit: string, context: StepContext): Promise<CheckResult> {
  const changes = changesOf(id, context).filter(isExecutable);
  const open = await lookAtAll(changes, context.host);
  if (open.state === 'todo' || !changes.some(({ kind }) => kind === 'unit')) return open;
  const problem = await unitProblem(context.host, unit);
  return problem === null ? open : { state: 'todo', ...problem };
}
