import type { Change } from '../../../shared/protocol/stream.ts';
import type { PackedRow } from '../../../shared/status/packed-row.ts';

/** The fields of `after` that differ from `before`; null: none. */
export function rowChange(before: PackedRow, after: PackedRow): Change['hosts'][number] | null {
  const changed = Object.entries(after).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof PackedRow]),
  );
  return changed.length === 0 ? null : { ...Object.fromEntries(changed), name: after.name };
}
