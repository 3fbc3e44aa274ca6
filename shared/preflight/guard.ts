import type { Finding } from '../protocol/finding.ts';
import type { StepId } from '../steps/catalogue.ts';
import { checkOf } from './catalogue.ts';
import { blocks } from './examine.ts';

/** Whether the finding concerns this step; a check that this version does not know concerns every step. */
export const guardsStep = ({ id }: Pick<Finding, 'id'>, step: StepId): boolean =>
  checkOf(id)?.guards?.includes(step) ?? true;

/** Whether nothing may be changed on the host while the check fails. */
export const guardsAll = ({ id }: Pick<Finding, 'id'>): boolean => checkOf(id)?.guards === undefined;

/**
 * The steps that findings block, each with its finding. Steps that need one of them are blocked as well; see the runner.
 *
 * @param isPartial false: muster has not made the host a node yet, so one error blocks every step: nothing is changed
 *   on a host that cannot become one
 */
export function blockedSteps<F extends Pick<Finding, 'id' | 'level' | 'mends'>>(
  findings: readonly F[],
  steps: readonly StepId[],
  { isPartial }: { isPartial: boolean },
): ReadonlyMap<StepId, F> {
  const blocking = findings.filter(blocks);
  return new Map(
    steps.flatMap((step) => {
      const finding = blocking.find((one) => !isPartial || guardsStep(one, step));
      return finding === undefined ? [] : [[step, finding] as const];
    }),
  );
}
