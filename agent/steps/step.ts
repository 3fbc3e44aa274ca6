import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Facts, NodeFacts } from '../../shared/protocol/facts.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import type { CodedText, LocalText } from '../../shared/text/local-text.ts';
import type { EtcdAt } from '../etcd/members.ts';
import type { Host, RunLong } from '../host/host.ts';
import type { OpenJoinCredential } from '../link/join-credential.ts';

export interface StepContext {
  host: Host;
  facts: Facts;
  assignment: Assignment;
  /** muster made this host a Kubernetes node before, so leftovers may be removed. */
  owned: boolean;
  /** Adds a line to this step's output, which the page shows live. Secrets are redacted. */
  say(line: CodedText): void;
  /**
   * host.runUnit with this step's output forwarded. The unit is named after the step, so that the next agent finds it;
   * a step that runs several programs names the others with `part` (unit `STEP-PART`).
   */
  runLong: RunLong;
  /** Requests a join credential and waits until the signal fires. Throws MusterError. */
  requestJoinCredential(): Promise<OpenJoinCredential>;
  /** Downloads a file beside the plan from the coordinator, by its SHA-256. Throws MusterError. */
  planFile(sha256: string): Promise<Buffer>;
  /** Downloads an artefact of the release that the active coordinator offers. Throws MusterError. */
  artefact(name: string): Promise<Buffer>;
  /** The keys that all coordinators share, encrypted to this recipient. Throws MusterError. */
  coordinatorKeys(recipient: string): Promise<Buffer>;
  /**
   * This host's Node, read with the kubelet's credential; null: it does not exist or the API server does not answer.
   */
  node(): Promise<NodeFacts | null>;
  /** A client of etcd's member at an address. */
  etcdAt: EtcdAt;
  /** Fires when the agent stops or the assignment changes. */
  signal: AbortSignal;
}

/** For `todo` and `waiting`, `message` gives the observed and the required state. */
export type CheckResult =
  | { state: 'done'; message?: LocalText }
  /** `code`: identifies the observation for the diagnosis. */
  | { state: 'todo'; message: LocalText; code?: string }
  /** Something outside this host must happen first; the round ends and the runner checks again soon. `code`: what. */
  | { state: 'waiting'; message: LocalText; remedy?: LocalText; code?: string };

/** One part of making the host match its assignment. */
export interface Step {
  id: StepId;
  /** Compares the host with the assignment. Read-only. Throws MusterError. */
  check(context: StepContext): Promise<CheckResult>;
  /** Makes the check pass. Throws MusterError, with a remedy if a person has to act. Safe to repeat after a crash. */
  apply(context: StepContext): Promise<void>;
  /**
   * Cleans up after a failed or interrupted apply before the next attempt, such as kubeadm reset after an incomplete
   * init. Optional.
   */
  cleanUp?(context: StepContext): Promise<void>;
}
