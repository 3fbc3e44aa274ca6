import type { LocalText } from '../text/local-text.ts';
import type { PartId } from './parts.ts';

/** What an operator can do to a host: its command, its button and its texts. */
export interface ActionDefinition {
  /** As it stands within a sentence. */
  name: LocalText;
  /** The description of its command. */
  summary: LocalText;
  /** Options of its command besides those that every action has. */
  options?: readonly ActionOption[];
  /** Ends pods or removes something; requires confirmation. */
  dangerous?: true;
  /** Returns the install command for the new machine. */
  invites?: true;
  /** Effects on the host, shown before confirmation. */
  effects: (host: string) => LocalText[];
  /** The message after the action was accepted. */
  answer: (host: string) => LocalText;
}

/** An action that starts an operation. */
export interface OperationDefinition extends ActionDefinition {
  /** In order. A part that has ended is never started again. */
  parts: readonly PartId[];
  /** Why the host's agent must not change the host meanwhile. */
  holdReason: (by: string) => LocalText;
}

export interface ActionOption {
  /** As commander writes them: `--reason <text>`. */
  flags: string;
  text: LocalText;
  /** The default of an option whose value is a number of seconds. */
  seconds?: number;
}
