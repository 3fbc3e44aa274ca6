import type { Language } from '../../shared/text/local-text.ts';

/** Where a command writes and what it knows of its caller. */
export interface Output {
  write(text: string): unknown;
  /** A person is looking. */
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  /** Told when the terminal has another size. */
  on?(event: 'resize', listener: () => void): unknown;
  off?(event: 'resize', listener: () => void): unknown;
}

export interface Io {
  /** What was asked for, and nothing else: safe to pipe. */
  stdout: Output;
  /** Explanations and errors. */
  stderr: Output;
  env: Readonly<Record<string, string | undefined>>;
  /** Of what is written for people. Errors and what programs read are English. */
  language: Language;
  /** Asks the person at the terminal, and returns the answer; absent: nobody is there. */
  ask?: (question: string) => Promise<string>;
}

export interface SocketOptions {
  /** Path of the coordinator's Unix socket. */
  socket: string;
}
