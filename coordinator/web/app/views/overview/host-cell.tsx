import type { FunctionComponent } from 'preact';
import { activity } from '../../../../../shared/status/activity.ts';
import { type ColumnId, columns, tables } from '../../../../../shared/status/columns.ts';
import { estimate } from '../../../../../shared/status/estimate.ts';
import { currentStep } from '../../../../../shared/status/host.ts';
import type { HostRow } from '../../../../../shared/status/row.ts';
import { roleTitle } from '../../../../../shared/steps/catalogue.ts';
import { Age, Elapsed } from '../../parts/age.tsx';
import { PhasePill } from '../../parts/pill.tsx';
import { Progress } from '../../parts/progress.tsx';
import { now } from '../../state/clock.ts';
import { typical } from '../../state/picture.ts';
import { language } from '../../state/preferences.ts';
import { duration, t } from '../../text/index.ts';

type Cell = FunctionComponent<{ row: HostRow }>;

/** Columns that the page renders as more than text. */
const cells: Partial<Record<ColumnId, { width: string; cell: Cell }>> = {
  host: { width: 'minmax(9rem, 1.3fr)', cell: Host },
  phase: { width: '7rem', cell: ({ row }) => <PhasePill phase={row.phase} /> },
  stepsDone: { width: 'minmax(8rem, 1.1fr)', cell: Progress },
  now: { width: 'minmax(10rem, 2.2fr)', cell: Doing },
  contact: { width: '7.5rem', cell: ({ row }) => <Age at={row.lastContactAt} /> },
};

/** The column widths as CSS grid tracks. */
export const widths = tables.page.map((id) => cells[id]?.width ?? 'minmax(6rem, 1fr)');

export function HostCell({ id, row }: { id: ColumnId; row: HostRow }) {
  const Special = cells[id]?.cell;
  return Special === undefined ? columns[id].text(row, now.value)[language.value] : <Special row={row} />;
}

function Host({ row }: { row: HostRow }) {
  return (
    <>
      <a href={`/hosts/${row.name}`} title={row.name}>
        {row.name}
      </a>
      <span class="quiet">
        {roleTitle[row.role][language.value]} · <span class="number">{row.address}</span>
      </span>
    </>
  );
}

function Doing({ row }: { row: HostRow }) {
  const { phase, summary } = row;
  if (phase === 'ready') return <Versions row={row} />;
  if (phase === 'silent') return <span class="quiet">—</span>;
  if (phase === 'planned') return null;
  if (summary.en !== '') {
    return (
      <span class="why" title={summary[language.value]}>
        {summary[language.value]}
      </span>
    );
  }
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
