import { memo } from 'preact/compat';
import type { HostRow } from '../../../../shared/protocol/stream.ts';
import { activity } from '../../../../shared/status/activity.ts';
import { currentStep } from '../../../../shared/status/host.ts';
import { phaseTone } from '../../../../shared/status/phases.ts';
import { estimate } from '../model/estimate.ts';
import { phaseNow } from '../model/standing.ts';
import { Age, Elapsed } from '../parts/age.tsx';
import { PhasePill } from '../parts/pill.tsx';
import { Progress } from '../parts/progress.tsx';
import { Windowed } from '../parts/windowed.tsx';
import { now } from '../state/clock.ts';
import { rowOf, silentAfterMs } from '../state/live.ts';
import { typical } from '../state/picture.ts';
import { language } from '../state/preferences.ts';
import { duration, t } from '../text/index.ts';

/**
 * A row per host, as a table whose parts are named by roles: rows that are not on the screen have no element, which a table's own layout does
 * not allow. Each is drawn anew when its own host changes, and only then.
 */
export function HostTable({ names }: { names: readonly string[] }) {
  const { columns } = t();
  if (names.length === 0) return <p class="quiet">{t().noMatch}</p>;
  return (
    <div class="hosts" role="table" aria-labelledby="hosts" aria-rowcount={names.length + 1}>
      <div class="row head" role="row" aria-rowindex={1}>
        {Object.entries(columns).map(([key, title]) => (
          <span key={key} role="columnheader" class={key}>
            {title}
          </span>
        ))}
      </div>
      <Windowed
        count={names.length}
        render={(first, end) =>
          names.slice(first, end).map((name, index) => <Row key={name} name={name} index={first + index + 2} />)
        }
      />
    </div>
  );
}

const Row = memo(({ name, index }: { name: string; index: number }) => {
  const row = rowOf(name)?.value;
  if (row === undefined) return null;
  const phase = phaseNow(row, now.value, silentAfterMs.value);
  return (
    <div class={`row ${phaseTone(phase)}`} role="row" aria-rowindex={index}>
      <span role="rowheader" class="host">
        <a href={`/hosts/${row.name}`}>{row.name}</a>
        <span class="quiet">
          {t().roles[row.role]} · <span class="number">{row.address}</span>
        </span>
      </span>
      <span role="cell" class="phase">
        <PhasePill phase={phase} />
      </span>
      <span role="cell">
        <Progress row={row} />
      </span>
      <span role="cell" class="now">
        <Doing row={row} phase={phase} />
      </span>
      <span role="cell" class="contact quiet">
        <Age at={row.lastContactAt} />
      </span>
    </div>
  );
});

function Doing({ row, phase }: { row: HostRow; phase: HostRow['phase'] }) {
  if (phase === 'ready') return <Versions row={row} />;
  if (phase === 'silent' || phase === 'planned') return <span class="quiet">{phase === 'planned' ? '' : '—'}</span>;
  if (row.summary !== '') return <span class="why">{row.summary}</span>;
  const step = currentStep(row);
  if (step === undefined) return null;
  const left = estimate(row, typical.value, now.value);
  return (
    <>
      <span class="what">{step.title}</span>
      <span class="quiet">
        {step.state === 'applying' && step.startedAt !== null ? (
          <Elapsed since={step.startedAt} />
        ) : (
          activity(step.id)[language.value]
        )}
        {left !== null && ` · ${t().stepLeft(duration(left.step))}`}
      </span>
    </>
  );
}

function Versions({ row: { node, findingCounts } }: { row: HostRow }) {
  return (
    <>
      <span class="quiet">{node === null ? '' : `kubelet ${node.kubeletVersion} · ${node.runtimeVersion}`}</span>
      {findingCounts.warning > 0 && <span class="quiet">{t().warnings(findingCounts.warning)}</span>}
    </>
  );
}
