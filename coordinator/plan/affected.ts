import { isDeepStrictEqual } from 'node:util';
import { hostNamed } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';

export interface Affected {
  /** Hosts whose own part of the plan changed. */
  own: string[];
  /** Whether the settings changed, which all hosts share. */
  all: boolean;
}

/** The hosts whose targets another plan can change. */
export function affectedHosts(before: Plan, after: Plan): Affected {
  const shared = (plan: Plan) => ({ ...plan, hosts: [] });
  const names = new Set([...before.hosts, ...after.hosts].map(({ name }) => name));
  const isOther = (name: string) => !isDeepStrictEqual(hostNamed(before, name), hostNamed(after, name));
  return { own: [...names].filter(isOther), all: !isDeepStrictEqual(shared(before), shared(after)) };
}
