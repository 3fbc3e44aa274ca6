import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Finding } from '../../shared/protocol/finding.ts';

/** What a check may know. */
export interface Known {
  facts: Facts;
  /** null: this host has no role yet. */
  assignment: Assignment | null;
  /** muster itself made this host's Kubernetes state. */
  owns: boolean;
}

/** One question about a host. It judges what is known, and looks at nothing by itself. */
export interface Check {
  id: string;
  title: string;
  /** null: the question does not arise (yet), as where it needs a role. */
  judge(known: Known): Verdict | null;
}

export type Verdict = Omit<Finding, 'id' | 'title'>;

interface Text {
  seen: string;
  needed: string;
}

/** `mends`: one of muster's steps does it. */
type Trouble = Text & ({ remedy: string } | { mends: string });

export const ok = ({ seen, needed }: Text): Verdict => ({ level: 'ok', seen, needed, remedy: '', mends: false });

export const warning = (trouble: Trouble): Verdict => inTrouble('warning', trouble);
export const error = (trouble: Trouble): Verdict => inTrouble('error', trouble);
/** It could not be found out, which is never the same as ok. */
export const unknown = (trouble: Trouble): Verdict => inTrouble('unknown', trouble);

function inTrouble(level: Finding['level'], trouble: Trouble): Verdict {
  const { seen, needed } = trouble;
  if ('mends' in trouble) return { level, seen, needed, remedy: trouble.mends, mends: true };
  return { level, seen, needed, remedy: trouble.remedy, mends: false };
}

/** Bytes for people. */
export function inGiB(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
