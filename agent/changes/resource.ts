import type { Change, ChangeKind } from '../../shared/steps/change.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import type { Thing } from '../prior/record.ts';

export interface Means {
  host: Host;
  /** Adds a line to the step's output. */
  say(line: LocalText): void;
}

/** `todo`: the message gives the observed and the required state. */
export type Look = { state: 'done'; message?: LocalText } | { state: 'todo'; message: LocalText };

/** How changes of one kind are checked and applied. */
export interface Resource<K extends ChangeKind> {
  /** Whether the host already has the change; read-only. Absent: the change is applied on every run of its step. */
  look?(change: Change<K>, host: Host): Promise<Look>;
  /** Prior state to record before the change is applied. Files are recorded by the host port. */
  prior?(change: Change<K>, host: Host): Promise<Thing[]>;
  /** Applies the change; safe to repeat after a crash. Throws MusterError. */
  set(change: Change<K>, means: Means): Promise<void>;
}

export const done: Look = { state: 'done' };
export const todo = (message: LocalText): Look => ({ state: 'todo', message });
