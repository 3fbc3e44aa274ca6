import type { Facts } from '../protocol/facts.ts';
import type { StepId } from '../steps/catalogue.ts';

/** systemd's ActiveState; null: it could not be looked up. */
export type UnitState = string | null;

/** All that a diagnosis is made of. Lines are oldest first, secrets taken out. */
export interface Evidence {
  /** The step that failed or waits; null: none, the node ceased to be Ready. */
  step: StepId | null;
  /** What the step's programs printed, and last its own message. */
  output: readonly string[];
  /** The units' journals of that time. */
  kubelet: readonly string[];
  runtime: readonly string[];
  units: { kubelet: UnitState; runtime: UnitState };
  /** null: they have not been gathered. */
  facts: Facts | null;
}

export const noEvidence: Evidence = {
  step: null,
  output: [],
  kubelet: [],
  runtime: [],
  units: { kubelet: null, runtime: null },
  facts: null,
};
