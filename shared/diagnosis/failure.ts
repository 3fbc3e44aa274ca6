import type { Place } from '../protocol/diagnosis.ts';
import type { LocalText } from '../text/local-text.ts';
import type { Clue } from './clue.ts';

/** What an agent can do about a failure by itself; agent/diagnosis/remedies has one file for each. */
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

/** One known way in which a bring-up fails. `{name}` in a text stands for what a clue's named group has found. */
export interface Failure {
  /** Stable, kebab-case. */
  id: string;
  title: LocalText;
  cause: LocalText;
  /** What to do, in words. */
  remedy: LocalText;
  /** One shell line; empty where none can be given. */
  command: string;
  where: Place;
  /** Any of them is enough. */
  clues: readonly Clue[];
  /** It only tells that something else is wrong: any true cause goes before it. */
  symptom?: true;
  /** While this is so, kubeadm waits in vain: its run is ended early. */
  hopeless?: true;
  /** It is told while the step still runs, which may yet succeed. */
  passing?: true;
  automatic?: { remedy: RemedyId; tries: number };
}
