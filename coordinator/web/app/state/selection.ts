import { effect, signal } from '@preact/signals';
import type { Phase } from '../../../../shared/protocol/status.ts';
import { phasesByUrgency } from '../../../../shared/status/phases.ts';
import { route } from './route.ts';

/** Which hosts the overview lists, and how. */
export interface Selection {
  search: string;
  /** null: any. */
  phase: Phase | null;
  isGrouped: boolean;
}

/** Kept in the address, so that it survives a reload, a visit to a host's page, and can be sent to others. */
export const selection = signal<Selection>(read());

/** Phases whose groups show their heading only. */
export const folded = signal<ReadonlySet<Phase>>(new Set());

/** Follows the address when the reader goes to another view or back. */
export function followAddress(): void {
  effect(() => {
    if (route.value.view === 'overview') selection.value = read();
  });
}

export function select(change: Partial<Selection>): void {
  const { search, phase, isGrouped } = { ...selection.peek(), ...change };
  selection.value = { search, phase, isGrouped };
  const query = new URLSearchParams([
    ...(phase === null ? [] : [['phase', phase]]),
    ...(search === '' ? [] : [['search', search]]),
    ...(isGrouped ? [['group', 'phase']] : []),
  ]);
  history.replaceState(history.state, '', `${query}` === '' ? location.pathname : `?${query}`);
}

export function fold(phase: Phase): void {
  const others = [...folded.peek()].filter((one) => one !== phase);
  folded.value = new Set(folded.peek().has(phase) ? others : [...others, phase]);
}

function read(): Selection {
  const query = new URLSearchParams(location.search);
  return {
    search: query.get('search') ?? '',
    phase: phasesByUrgency.find((phase) => phase === query.get('phase')) ?? null,
    isGrouped: query.get('group') === 'phase',
  };
}
