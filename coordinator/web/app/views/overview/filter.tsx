import { phasesByUrgency, phaseWord } from '../../../../../shared/status/phases.ts';
import type { HostRow } from '../../../../../shared/status/row.ts';
import { countPhases } from '../../model/standing.ts';
import { language } from '../../state/preferences.ts';
import { select, selection } from '../../state/selection.ts';
import { t } from '../../text/index.ts';

/** Up to this many hosts are shown without a filter. */
const few = 8;

/** Filters hosts by name, address and phase, and groups them by phase; hidden for few hosts. */
export function Filter({ hosts }: { hosts: readonly HostRow[] }) {
  const { search, phase: wanted, isGrouped } = selection.value;
  const isUsed = search !== '' || wanted !== null || isGrouped;
  if (hosts.length <= few && !isUsed) return null;
  const counts = countPhases(hosts);
  return (
    <search class="filter">
      <input
        type="search"
        placeholder={t().search}
        aria-label={t().search}
        value={search}
        onInput={(event) => select({ search: event.currentTarget.value })}
      />
      <div class="chips">
        <Chip text={t().allPhases} count={hosts.length} on={wanted === null} press={() => select({ phase: null })} />
        {phasesByUrgency
          .filter((phase) => counts.has(phase) || phase === wanted)
          .map((phase) => (
            <Chip
              key={phase}
              text={phaseWord(phase)[language.value]}
              count={counts.get(phase) ?? 0}
              on={wanted === phase}
              press={() => select({ phase })}
            />
          ))}
      </div>
      <button
        type="button"
        class="chip grouping"
        aria-pressed={isGrouped}
        onClick={() => select({ isGrouped: !isGrouped })}
      >
        {t().groupByPhase}
      </button>
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
