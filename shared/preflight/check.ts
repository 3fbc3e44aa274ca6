import type { Command } from '../packages/index.ts';
import type { Role } from '../plan/schema.ts';
import type { Assignment } from '../protocol/assignment.ts';
import type { Facts } from '../protocol/facts.ts';
import type { Level } from '../protocol/finding.ts';
import type { StepId } from '../steps/catalogue.ts';
import type { LocalText } from '../text/local-text.ts';
import type { Values } from '../text/values.ts';
import type { Group } from './groups.ts';

/** Steps of either role that make the host a node. */
export const becomesNode: readonly StepId[] = ['kubeadm-init', 'kubeadm-join'];

/** The input of a check of one host. */
export interface Known {
  facts: Facts;
  /** null: no role assigned yet. */
  role: Role | null;
  /** null: the plan is not known. */
  assignment: Assignment | null;
  /** This host's Kubernetes state was created by muster. */
  owns: boolean;
}

/** One check: texts and verdict. `K`: its input. */
export interface Check<K = Known> {
  /** Stable: used in plans and links. */
  id: string;
  group: Group;
  /** The worst level it can return. */
  level: 'warning' | 'error';
  /** How the level depends on the role, the Kubernetes version or the runtime. */
  depends?: LocalText;
  /** Names the thing and its correct state, such as "Swap is off". */
  title: LocalText;
  /** What fails otherwise. */
  reason: LocalText;
  /** The required value. */
  needed: LocalText;
  /** What to do, as an imperative sentence. */
  remedy: LocalText;
  /** One command that fixes it, ready to paste on a minimal host; may be empty. `{name}` stands for a value. */
  command: Command;
  /** Texts that replace the check's own in some cases. `{name}` stands for a value of the verdict. */
  cases?: Readonly<Record<string, Case>>;
  /** The step that fixes it. */
  step?: StepId;
  /**
   * The steps that an error blocks, together with those that need them. Absent: every step, because nothing may be
   * changed on the host.
   */
  guards?: readonly StepId[];
  /** The plan may not lower it: the data it protects could not be recovered. */
  fixed?: true;
  /** Pure. null: the check does not apply (yet), for example without a role. */
  judge(known: K): Verdict | null;
}

interface Case {
  needed?: LocalText;
  remedy?: LocalText;
  command?: Command;
}

interface Details {
  /** A key of the check's `cases`. */
  case?: string;
  /** For the placeholders of the case's texts. */
  values?: Values;
  /** null: no step fixes this case. */
  step?: StepId | null;
}

export interface Verdict extends Details {
  level: Level;
  /** The observed value, whatever the level. */
  seen: LocalText;
}

export const ok = (seen: LocalText): Verdict => ({ level: 'ok', seen });
export const warning = (seen: LocalText, details: Details = {}): Verdict => ({ ...details, level: 'warning', seen });
export const error = (seen: LocalText, details: Details = {}): Verdict => ({ ...details, level: 'error', seen });
/** Could not be determined, which is never ok. */
export const unknown = (seen: LocalText, details: Details = {}): Verdict => ({ ...details, level: 'unknown', seen });

/** For a fact that is missing. */
export const notLooked: Verdict = unknown({ en: 'could not be determined', zh: '无法确定' });
