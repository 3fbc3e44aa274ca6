import { columns } from '../../../../../shared/status/columns.ts';
import { phaseTone, urgency } from '../../../../../shared/status/phases.ts';
import type { HostRow } from '../../../../../shared/status/row.ts';
import { Age } from '../../parts/age.tsx';
import { Command } from '../../parts/command.tsx';
import { FindingList } from '../../parts/findings.tsx';
import { PhasePill } from '../../parts/pill.tsx';
import { language } from '../../state/preferences.ts';
import { select } from '../../state/selection.ts';
import { t } from '../../text/index.ts';
import { Cause } from '../host/diagnosis.tsx';

/** Maximum number of cards, a row of them on a desktop; the table below has all hosts. */
const shown = 3;

/** Hosts that need the operator, each with the reason. */
export function Attention({ hosts }: { hosts: readonly HostRow[] }) {
  const stuck = hosts
    .filter((row) => phaseTone(row.phase) === 'bad' || isPartlyBlocked(row))
    .toSorted((a, b) => urgency(a.phase) - urgency(b.phase));
  if (stuck.length === 0) return null;
  return (
    <section aria-labelledby="attention">
      <h2 id="attention">{t().attention}</h2>
      <div class="cards">
        {stuck.slice(0, shown).map((row) => (
          <article key={row.name} class="card">
            <h3>
              <a href={`/hosts/${row.name}`}>{row.name}</a> <PhasePill phase={row.phase} />
            </h3>
            <Why row={row} />
          </article>
        ))}
      </div>
      {stuck.length > shown && (
        <button type="button" class="ghost more" onClick={listAll}>
          {t().moreAttention(stuck.length - shown)}
        </button>
      )}
    </section>
  );
}

/** Lists all hosts below, those that need the operator first. */
function listAll(): void {
  select({ phase: null, search: '', isGrouped: true });
  document.getElementById('hosts')?.scrollIntoView();
}

/** A Ready host with an error that a person must fix. */
const isPartlyBlocked = ({ phase, findings }: HostRow) =>
  phase === 'ready' && findings.some(({ level }) => level === 'error');

/** Why a host makes no progress, and the command that fixes it. */
function Why({ row }: { row: HostRow }) {
  const { phase } = row;
  if (phase === 'silent') {
    return (
      <>
        <p>
          {columns.contact.title[language.value]} <Age at={row.lastContactAt} />
        </p>
        <Command text="systemctl status muster-agent" />
      </>
    );
  }
  const [first, ...others] = row.findings.filter(({ level }) => level === 'error');
  if ((phase === 'blocked' || phase === 'ready') && first !== undefined) {
    return (
      <>
        <FindingList findings={[first]} />
        <p class="quiet">{row.blocked?.[language.value]}</p>
        {others.length > 0 && (
          <p>
            <a href={`/hosts/${row.name}`}>{t().moreErrors(others.length)}</a>
          </p>
        )}
      </>
    );
  }
  if (row.diagnosis !== null) return <Cause diagnosis={row.diagnosis} />;
  return (
    <>
      <p>{row.summary[language.value]}</p>
      <Command text={row.remedy[language.value]} />
    </>
  );
}
