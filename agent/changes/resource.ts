import type { Change, ChangeKind } from '../../shared/steps/change.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import type { Thing } from '../prior/record.ts';

export interface Means {
  host: Host;
  /** Adds a line to the output of the step. */
  say(line: string): void;
}

/** `todo` says what was seen and what is needed. */
export type Look = { state: 'done'; message?: LocalText } | { state: 'todo'; message: LocalText };

/** How changes of one kind are looked at and made on a host. */
export interface Resource<K extends ChangeKind> {
  /** Whether the host has it already; changes nothing. Absent: it is made whenever its step is applied. */
  look?(change: Change<K>, host: Host): Promise<Look>;
  /** What is recorded before it is made, besides files, which the host port records itself. */
  prior?(change: Change<K>, host: Host): Promise<Thing[]>;
  /** Throws MusterError. May be started again after any crash. */
  set(change: Change<K>, means: Means): Promise<void>;
}

export const done: Look = { state: 'done' };
export const todo = (message: LocalText): Look => ({ state: 'todo', message });
