import type { Finding, ReportedFinding } from '../protocol/finding.ts';
import type { PackageManager } from '../systems.ts';
import type { LocalText } from '../text/local-text.ts';
import { verbatim } from '../text/local-text.ts';
import type { Check } from './check.ts';
import { hostChecks } from './checks.ts';
import { fleetChecks } from './fleet/checks.ts';
import type { Group } from './groups.ts';
import { textsOf } from './texts.ts';

/** A check's texts and attributes, without its verdict. */
export type CheckEntry = Omit<Check<never>, 'judge'>;

/** Every check, in the order of the groups. */
export const catalogue: readonly CheckEntry[] = [...hostChecks, ...fleetChecks];

const byId = new Map(catalogue.map((check) => [check.id, check]));

/** undefined: unknown to this version (the agent is older or newer). */
export const checkOf = (id: string): CheckEntry | undefined => byId.get(id);

/** The check's title; its id if this version does not know it. */
export const titleOf = (id: string): LocalText => byId.get(id)?.title ?? verbatim(id);

/** A host's finding with the texts of this catalogue; a check unknown to this version has none. `manager`: the host's. */
export function withTexts(reported: ReportedFinding, manager: PackageManager): Finding {
  const { case: _, values: __, ...finding } = reported;
  return { ...finding, ...textsOf(reported, byId.get(reported.id), manager) };
}

export const groupOf = (id: string): Group => byId.get(id)?.group ?? 'host';

/** The check's section in the reference: a path below docs/ with an anchor. */
export const referenceOf = (id: string): LocalText => ({
  en: `reference/preflight.md#${id}`,
  zh: `reference/preflight.zh-CN.md#${id}`,
});
