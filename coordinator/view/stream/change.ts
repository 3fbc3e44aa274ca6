import type { Change } from '../../../shared/protocol/stream.ts';
import type { HostRow } from '../../../shared/status/row.ts';

/** The fields of `after` that differ from `before`; null: none. */
export function rowChange(before: HostRow, after: HostRow): Change['hosts'][number] | null {
  const changed = Object.entries(after).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof HostRow]),
  );
  return changed.length === 0 ? null : { ...Object.fromEntries(changed), name: after.name };
}
