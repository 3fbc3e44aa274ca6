import type { Params } from '../errors/fill.ts';
import type { Facts } from '../protocol/facts.ts';
import type { StepId } from '../steps/catalogue.ts';

/** systemd's ActiveState; null: unknown. */
export type UnitState = string | null;

/** The input of a diagnosis. Lines are oldest first, secrets redacted. */
export interface Evidence {
  /** The step that failed or waits; null: the node is no longer Ready. */
  step: StepId | null;
  /** The output of the step's programs, followed by the step's message. */
  output: readonly string[];
  /** The error that the step failed with; null: none, or not a MusterError. */
  problem: { code: string; params: Params } | null;
  /** The units' journal lines of that period. */
  kubelet: readonly string[];
  runtime: readonly string[];
  /** The last lines of the node's own containers that keep exiting. */
  containers: readonly string[];
  units: { kubelet: UnitState; runtime: UnitState };
  /** null: not gathered. */
  facts: Facts | null;
}

export const noEvidence: Evidence = {
  step: null,
  output: [],
  problem: null,
  kubelet: [],
  runtime: [],
  containers: [],
  units: { kubelet: null, runtime: null },
  facts: null,
};
