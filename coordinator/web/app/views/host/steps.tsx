import { secondsTaken } from '../../../../../shared/status/estimate.ts';
import type { HostRow } from '../../../../../shared/status/row.ts';
import { Elapsed } from '../../parts/age.tsx';
import { Command } from '../../parts/command.tsx';
import { duration, t } from '../../text/index.ts';

/** The steps in order, each with its state, duration and message. */
export function Steps({ row }: { row: HostRow }) {
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">
        {t().host.steps}{' '}
        <span class="quiet number">
          {row.stepsDone}/{row.stepsTotal}
        </span>
      </h2>
      <ol class="steps">
        {row.steps.map((step) => (
          <StepItem key={step.id} step={step} />
        ))}
      </ol>
    </section>
  );
}

function StepItem({ step }: { step: HostRow['steps'][number] }) {
  const { state, title, message, remedy, attempts, startedAt } = step;
  const seconds = secondsTaken(step);
  const open = state !== 'done' && state !== 'pending';
  return (
    <li class={state}>
      <div class="line">
        <span>{title}</span>
        <span class="quiet number">
          {attempts > 1 && `${t().host.attempt(attempts)} · `}
          {state === 'applying' && startedAt !== null ? (
            <Elapsed since={startedAt} />
          ) : seconds !== null && attempts > 0 ? (
            duration(seconds)
          ) : state === 'done' ? (
            ''
          ) : (
            t().stepStates[state]
          )}
        </span>
        <span class="spoken">{t().stepStates[state]}</span>
      </div>
      {open && message !== '' && <p class="quiet">{message}</p>}
      {open && <Command text={remedy} />}
    </li>
  );
}
