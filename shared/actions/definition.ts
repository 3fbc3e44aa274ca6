import type { LocalText } from '../text/local-text.ts';
import type { PartId } from './parts.ts';

/** An operator's action on a host: its command, button and texts. */
export interface ActionDefinition {
  /** Its name within a sentence. */
  name: LocalText;
  /** The description of its command. */
  summary: LocalText;
  /** Options of its command besides the common ones. */
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
  /** In order. A finished part is never restarted. */
  parts: readonly PartId[];
  /** Why the host's agent makes no changes during the operation. */
  holdReason: (by: string) => LocalText;
}

export interface ActionOption {
  /** In commander's syntax: `--reason <text>`. */
  flags: string;
  text: LocalText;
  /** Default of an option in seconds. */
  seconds?: number;
}
