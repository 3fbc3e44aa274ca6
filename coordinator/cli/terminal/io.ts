import type { Language } from '../../../shared/text/local-text.ts';

export interface Output {
  write(text: string): unknown;
  /** Whether it is a terminal. */
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  /** Called when the terminal is resized. */
  on?(event: 'resize', listener: () => void): unknown;
  off?(event: 'resize', listener: () => void): unknown;
}

export interface Io {
  /** The result only: safe to pipe. */
  stdout: Output;
  /** Explanations and errors. */
  stderr: Output;
  env: Readonly<Record<string, string | undefined>>;
  language: Language;
  /** Asks at the terminal; absent without one. */
  ask?: (question: string) => Promise<string>;
}

export interface SocketOptions {
  /** Path of the coordinator's Unix socket. */
  socket: string;
}
