import type { StatusPage } from '../../../shared/protocol/status.ts';
import type { Selection } from '../status-pages.ts';

/** Number of hosts that are shown on a terminal unless `--limit` gives another. */
export const usualLimit = 50;

/** What the options of a command select; empty: all hosts. */
export function selectionOf({ phase, search, limit }: Selection): Selection {
  return {
    ...(phase === undefined ? {} : { phase }),
    ...(search === undefined ? {} : { search }),
    ...(limit === undefined ? {} : { limit }),
  };
}

/** The selected hosts: in the plan's order if the limit is enough for all, otherwise the most urgent ones. */
export async function readSelected<T extends Pick<StatusPage, 'page'>>(
  read: (selection: Selection) => Promise<T>,
  selection: Selection,
): Promise<T> {
  const first = await read(selection);
  return first.page.next === null ? first : read({ ...selection, order: 'urgency' });
}

/** The command that shows all selected hosts. */
export function commandForAll({ phase, search }: Selection, count: number): string {
  return [
    'muster status',
    ...(phase === undefined ? [] : [`--phase ${phase}`]),
    ...(search === undefined ? [] : [`--search ${quoted(search)}`]),
    `--limit ${count}`,
  ].join(' ');
}

/** As one word of a shell. */
function quoted(text: string): string {
  return /^[\w.:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
