import type { Role } from '../plan/schema.ts';
import type { Assignment } from '../protocol/assignment.ts';
import type { Facts } from '../protocol/facts.ts';
import type { Level } from '../protocol/finding.ts';
import type { StepId } from '../steps/catalogue.ts';
import type { LocalText } from '../text/local-text.ts';
import type { Group } from './groups.ts';

/** What a check of one host may know. */
export interface Known {
  facts: Facts;
  /** null: this host has no role yet. */
  role: Role | null;
  /** null: no plan is known. */
  assignment: Assignment | null;
  /** muster itself made this host's Kubernetes state. */
  owns: boolean;
}

/** What a check is called, asks for and tells; `K`: what it judges. */
export interface Check<K = Known> {
  /** Stable: plans and links name it. */
  id: string;
  group: Group;
  /** The worst level that it gives. */
  level: 'warning' | 'error';
  /** Where the level depends on the role, the Kubernetes version or the runtime: how. */
  depends?: LocalText;
  title: LocalText;
  /** Why anybody should care. */
  reason: LocalText;
  needed: LocalText;
  remedy: LocalText;
  /** Empty where no single command mends it. */
  command: string;
  /** The step of muster's that mends it. */
  step?: StepId;
  /** The plan may not lower it: what it protects could not be brought back. */
  fixed?: true;
  /** Judges what is known, and looks at nothing by itself. null: the question does not arise (yet), as where it needs a role. */
  judge(known: K): Verdict | null;
}

/** What differs from the check's own words in this case. */
interface Details {
  needed?: LocalText;
  remedy?: LocalText;
  command?: string;
  /** null: muster's step does not mend this case. */
  step?: StepId | null;
}

export interface Verdict extends Details {
  level: Level;
  seen: LocalText;
}

export const ok = (seen: LocalText): Verdict => ({ level: 'ok', seen });
export const warning = (seen: LocalText, details: Details = {}): Verdict => ({ ...details, level: 'warning', seen });
export const error = (seen: LocalText, details: Details = {}): Verdict => ({ ...details, level: 'error', seen });
/** It could not be found out, which is never the same as ok. */
export const unknown = (seen: LocalText, details: Details = {}): Verdict => ({ ...details, level: 'unknown', seen });

/** Where the fact itself is missing. */
export const notLooked: Verdict = unknown({ en: 'it could not be looked at', zh: '未能检查' });
