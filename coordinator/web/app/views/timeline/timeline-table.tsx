import { medians, secondsTaken } from '../../../../../shared/status/estimate.ts';
import type { HostRow } from '../../../../../shared/status/row.ts';
import { duration, t } from '../../text/index.ts';

/** Steps faster than this on every host are omitted, in seconds. */
const worthTelling = 1;

/** The chart's numbers: each step's median, and the slowest host. */
export function Durations({ rows }: { rows: readonly HostRow[] }) {
  const typical = medians(rows);
  const told = [...titles(rows)].flatMap(([id, title]) => {
    const taken = rows.flatMap(({ name, steps }) => {
      const step = steps.find((one) => one.id === id);
      const seconds = step === undefined ? null : secondsTaken(step);
      return seconds === null ? [] : [{ name, seconds }];
    });
    const longest = taken.toSorted((a, b) => b.seconds - a.seconds)[0];
    return longest === undefined || longest.seconds < worthTelling ? [] : [{ id, title, longest }];
  });
  if (told.length === 0) return null;
  return (
    <section aria-labelledby="durations">
      <h2 id="durations">{t().timeline.table}</h2>
      <div class="scroll">
        <table class="durations">
          <thead>
            <tr>
              <th scope="col">{t().timeline.step}</th>
              <th scope="col" class="number">
                {t().timeline.median}
              </th>
              <th scope="col" class="number">
                {t().timeline.longest}
              </th>
              <th scope="col">{t().timeline.on}</th>
            </tr>
          </thead>
          <tbody>
            {told.map(({ id, title, longest }) => (
              <tr key={id}>
                <td>{title}</td>
                <td class="number">{duration(typical.get(id) ?? 0)}</td>
                <td class="number">{duration(longest.seconds)}</td>
                <td>
                  <a href={`/hosts/${longest.name}`}>{longest.name}</a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Steps in order, with those of control planes among those of workers. */
function titles(rows: readonly HostRow[]): Map<HostRow['steps'][number]['id'], string> {
  const lists = rows.map(({ steps }) => steps).toSorted((a, b) => b.length - a.length);
  return new Map(lists.flat().map(({ id, title }) => [id, title]));
}
