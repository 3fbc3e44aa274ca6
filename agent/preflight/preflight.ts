import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Finding, Level } from '../../shared/protocol/finding.ts';
import { address } from './address.ts';
import { arch } from './arch.ts';
import { cgroups } from './cgroups.ts';
import type { Check } from './check.ts';
import { cpu } from './cpu.ts';
import { disk } from './disk.ts';
import { hostName } from './host-name.ts';
import { leftovers } from './leftovers.ts';
import { memory } from './memory.ts';
import { modules } from './modules.ts';
import { os } from './os.ts';
import { ports } from './ports.ts';
import { root } from './root.ts';
import { runtime } from './runtime.ts';
import { swap } from './swap.ts';
import { sysctls } from './sysctls.ts';
import { systemd } from './systemd.ts';

/** Every check, in the order in which a person would ask. */
export const checks: readonly Check[] = [
  root,
  systemd,
  os,
  arch,
  cpu,
  memory,
  disk,
  swap,
  modules,
  sysctls,
  cgroups,
  hostName,
  address,
  ports,
  leftovers,
  runtime,
];

/** Judges what is known of a host, and changes nothing. Checks that need a role are left out while there is none. */
export function preflight(facts: Facts, assignment: Assignment | null, { owns }: { owns: boolean }): Finding[] {
  return checks.flatMap(({ id, title, judge }) => {
    const verdict = judge({ facts, assignment, owns });
    return verdict === null ? [] : [{ id, title, ...verdict }];
  });
}

/** What only a person can mend: nothing is changed on a host while there is such a finding. */
export const blocks = (finding: Finding): boolean => finding.level === 'error' && !finding.mends;

const severity: Record<Level, number> = { error: 0, warning: 1, unknown: 2, ok: 3 };

/** The same findings, worst first. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => severity[a.level] - severity[b.level]);
}
