import type { Phase } from '../../../../../shared/protocol/status.ts';
import { phaseWord, urgency } from '../../../../../shared/status/phases.ts';
import type { HostRow } from '../../../../../shared/status/row.ts';
import { countPhases } from '../../model/standing.ts';
import { language } from '../../state/preferences.ts';
import { t } from '../../text/index.ts';

/** Up to this many hosts are shown without a filter. */
const few = 8;

export interface Wanted {
  text: string;
  /** null: any. */
  phase: Phase | null;
}

export function wanted({ name, address, phase }: HostRow, filter: Wanted): boolean {
  const text = filter.text.trim().toLowerCase();
  return (filter.phase === null || phase === filter.phase) && (name.includes(text) || address.includes(text));
}

/** Filters hosts by name, address and phase; hidden for few hosts. */
export function Filter({
  hosts,
  filter,
  choose,
}: {
  hosts: readonly HostRow[];
  filter: Wanted;
  choose: (f: Wanted) => void;
}) {
  if (hosts.length <= few) return null;
  const counts = [...countPhases(hosts)].sort(([a], [b]) => urgency(a) - urgency(b));
  return (
    <search class="filter">
      <input
        type="search"
        placeholder={t().search}
        aria-label={t().search}
        value={filter.text}
        onInput={(event) => choose({ ...filter, text: event.currentTarget.value })}
      />
      <div class="chips">
        <Chip
          text={t().allPhases}
          count={hosts.length}
          on={filter.phase === null}
          press={() => choose({ ...filter, phase: null })}
        />
        {counts.map(([phase, count]) => (
          <Chip
            key={phase}
            text={phaseWord(phase)[language.value]}
            count={count}
            on={filter.phase === phase}
            press={() => choose({ ...filter, phase })}
          />
        ))}
      </div>
    </search>
  );
}

function Chip({ text, count, on, press }: { text: string; count: number; on: boolean; press: () => void }) {
  return (
    <button type="button" class="chip" aria-pressed={on} onClick={press}>
      {text} <span class="number">{count}</span>
    </button>
  );
}
