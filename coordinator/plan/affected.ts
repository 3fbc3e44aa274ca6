import { isDeepStrictEqual } from 'node:util';
import { hostNamed } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';

/** The hosts whose targets another plan can change; null: all of them. */
export function affectedHosts(before: Plan, after: Plan): string[] | null {
  const shared = (plan: Plan) => ({ ...plan, hosts: [] });
  if (!isDeepStrictEqual(shared(before), shared(after))) return null;
  const names = new Set([...before.hosts, ...after.hosts].map(({ name }) => name));
  return [...names].filter((name) => !isDeepStrictEqual(hostNamed(before, name), hostNamed(after, name)));
}
