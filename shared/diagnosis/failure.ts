import type { Command } from '../packages/index.ts';
import type { Place } from '../protocol/diagnosis.ts';
import type { LocalText } from '../text/local-text.ts';
import type { Clue } from './clue.ts';

/** The automatic remedies; each has a file in agent/diagnosis/remedies. */
export const remedyIds = [
  'restart-runtime',
  'start-kubelet',
  'try-again',
  'reset-and-restart',
  'reinstall-program',
  'fetch-key-again',
  'clean-package-cache',
] as const;
export type RemedyId = (typeof remedyIds)[number];

/** One known failure. `{name}` in a text stands for the value of a clue's named group. */
export interface Failure {
  /** Stable, kebab-case. */
  id: string;
  title: LocalText;
  cause: LocalText;
  /** What to do, as an imperative sentence. */
  remedy: LocalText;
  /** What muster does next; absent: it retries. */
  next?: LocalText;
  /** One shell line, run as root; may be empty. */
  command: Command;
  where: Place;
  /** One matching clue suffices. */
  clues: readonly Clue[];
  /** A consequence of another failure: any cause explains it. */
  symptom?: true;
  /** Ids of failures that follow from this one: they are not shown while this one is found. */
  explains?: readonly string[];
  /** kubeadm cannot succeed, so its run is ended early. */
  hopeless?: true;
  /** Shown while the step still runs and may succeed. */
  passing?: true;
  automatic?: { remedy: RemedyId; tries: number };
}
