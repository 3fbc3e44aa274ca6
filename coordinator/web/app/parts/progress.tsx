import type { HostRow } from '../../../../shared/status/row.ts';
import { t } from '../text/index.ts';

/** One segment per step, and the number of completed steps. */
export function Progress({ row }: { row: HostRow }) {
  const { stepsDone, stepsTotal, steps } = row;
  return (
    <span class="progress">
      <span class="segments" role="img" aria-label={t().stepsOf(stepsDone, stepsTotal)}>
        {steps.map(({ id, state }) => (
          <i key={id} class={state} />
        ))}
      </span>
      <span class="number quiet" aria-hidden="true">
        {stepsDone}/{stepsTotal}
      </span>
    </span>
  );
}
