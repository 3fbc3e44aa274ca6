import { memo } from 'preact/compat';
import { columns, tables } from '../../../../../shared/status/columns.ts';
import { phaseTone } from '../../../../../shared/status/phases.ts';
import type { Group as GroupItem, Item } from '../../model/listing.ts';
import { rowNow } from '../../model/standing.ts';
import { PhasePill } from '../../parts/pill.tsx';
import { Windowed } from '../../parts/windowed.tsx';
import { now } from '../../state/clock.ts';
import { rowOf, silentAfterMs } from '../../state/live.ts';
import { language } from '../../state/preferences.ts';
import { fold } from '../../state/selection.ts';
import { t } from '../../text/index.ts';
import { HostCell, widths } from './host-cell.tsx';

/**
 * One row per host, as a table built from ARIA roles: rows outside the screen have no element, which a native table's
 * layout does not allow. A row is re-rendered only when its own host changes.
 */
export function HostTable({ items }: { items: readonly Item[] }) {
  if (items.length === 0) return <p class="quiet">{t().noMatch}</p>;
  return (
    <div
      class="hosts"
      role="table"
      aria-labelledby="hosts"
      aria-rowcount={items.length + 1}
      style={{ '--columns': widths.join(' ') }}
    >
      <div class="row head" role="row" aria-rowindex={1}>
        {tables.page.map((id) => (
          <span key={id} role="columnheader" class={id}>
            {columns[id].title[language.value]}
          </span>
        ))}
      </div>
      <Windowed
        items={items}
        isHeading={(item) => 'phase' in item}
        render={(item, index) =>
          'phase' in item ? (
            <Group key={item.phase} group={item} index={index + 2} />
          ) : (
            <Row key={item.name} name={item.name} index={index + 2} />
          )
        }
      />
    </div>
  );
}

/** The heading of a phase's hosts; shows or hides them. */
function Group({ group: { phase, count, isOpen }, index }: { group: GroupItem; index: number }) {
  return (
    <div class="row group" role="row" aria-rowindex={index}>
      <span role="rowheader" aria-colspan={tables.page.length}>
        <button type="button" class="ghost" aria-expanded={isOpen} onClick={() => fold(phase)}>
          <PhasePill phase={phase} /> <span class="number">{t().hostCount(count)}</span>
        </button>
      </span>
    </div>
  );
}

const Row = memo(({ name, index }: { name: string; index: number }) => {
  const known = rowOf(name)?.value;
  if (known === undefined) return null;
  const row = rowNow(known, now.value, silentAfterMs.value);
  return (
    <div class={`row ${phaseTone(row.phase)}`} role="row" aria-rowindex={index}>
      {tables.page.map((id, column) => (
        <span key={id} role={column === 0 ? 'rowheader' : 'cell'} class={id}>
          <HostCell id={id} row={row} />
        </span>
      ))}
    </div>
  );
});
