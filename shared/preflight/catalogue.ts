import type { LocalText } from '../text/local-text.ts';
import { verbatim } from '../text/local-text.ts';
import type { Check } from './check.ts';
import { hostChecks } from './checks.ts';
import { fleetChecks } from './fleet/checks.ts';
import type { Group } from './groups.ts';

/** All that is told of a check without asking it. */
export type CheckEntry = Omit<Check<never>, 'judge'>;

/** Every check there is, in the order of the groups. */
export const catalogue: readonly CheckEntry[] = [...hostChecks, ...fleetChecks];

const byId = new Map(catalogue.map((check) => [check.id, check]));

/** undefined: this version has no such check (an older or newer agent's). */
export const checkOf = (id: string): CheckEntry | undefined => byId.get(id);

/** What a finding's check is called; its id where this version does not know it. */
export const titleOf = (id: string): LocalText => byId.get(id)?.title ?? verbatim(id);

export const reasonOf = (id: string): LocalText => byId.get(id)?.reason ?? verbatim('');

export const groupOf = (id: string): Group => byId.get(id)?.group ?? 'host';

/** Where a check is described in the reference, as a path below docs/ with its anchor. */
export const referenceOf = (id: string): LocalText => ({
  en: `reference/preflight.md#${id}`,
  zh: `reference/preflight.zh-CN.md#${id}`,
});
