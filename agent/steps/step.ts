import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { JoinCredential } from '../../shared/protocol/enrolment.ts';
import type { Facts, NodeFacts } from '../../shared/protocol/facts.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host, RunLong } from '../host/host.ts';

export interface StepContext {
  host: Host;
  facts: Facts;
  assignment: Assignment;
  /** muster itself made this host a Kubernetes node before, so that what is left of it may be taken away. */
  owned: boolean;
  /** Adds a line to this step's output, which the page shows while it runs. Secrets are taken out on the way. */
  say(line: string): void;
  /**
   * host.runUnit with this step's output connected. The unit's name is the step's id, so that the next agent finds it; a step that
   * runs several programs names the others with `part` (unit `STEP-PART`).
   */
  runLong: RunLong;
  /** Asks the coordinator; waits for it as long as the signal allows. Throws MusterError. */
  requestJoinCredential(): Promise<JoinCredential>;
  /** This host's Node as its own kubelet's credential shows it; null: none, or the API server does not answer. */
  node(): Promise<NodeFacts | null>;
  /** Fires when the agent is told to stop or the assignment has changed. */
  signal: AbortSignal;
}

/** `todo` and `waiting` say in `message` what was observed and what is required. */
export type CheckResult =
  | { state: 'done'; message?: LocalText }
  /** `code`: of what was observed, where a diagnosis knows it. */
  | { state: 'todo'; message: LocalText; code?: string }
  /** Something outside this host has to happen first; the round ends here and the runner looks again soon. */
  | { state: 'waiting'; message: LocalText; remedy?: LocalText };

/** One thing that makes the host match its assignment. */
export interface Step {
  id: StepId;
  /** Looks, and changes nothing. */
  check(context: StepContext): Promise<CheckResult>;
  /** Makes check hold. Throws MusterError with a remedy where a person has to act. May be started again after any crash. */
  apply(context: StepContext): Promise<void>;
  /**
   * Cleans up after an apply of this host's own journal that was cut short or failed, before it is tried again (kubeadm reset
   * after a half-done init). Only for steps that need it.
   */
  cleanUp?(context: StepContext): Promise<void>;
}
