import type { Taint } from './schema.ts';
import type { WrittenPlan } from './written.ts';

type Written = NonNullable<WrittenPlan['hosts'][number]['taints']>[number];

/** Parses `key=value:Effect`, `key:Effect` or {key, value, effect}; null: not a taint. */
export function readTaint(written: Written): Taint | null {
  if (typeof written !== 'string') {
    const { key, value, effect } = written;
    return { key, ...(value === undefined ? {} : { value }), effect };
  }
  const parts = /^([^=:]+)(?:=([^=:]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(written);
  if (parts?.[1] === undefined) return null;
  return { key: parts[1], ...(parts[2] ? { value: parts[2] } : {}), effect: parts[3] as Taint['effect'] };
}
