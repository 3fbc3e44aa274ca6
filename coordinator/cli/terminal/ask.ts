import { createInterface } from 'node:readline/promises';
import { MusterError } from '../../../shared/errors/errors.ts';

/** Asks on the terminal. Throws MusterError `nobody-to-ask` without a terminal, with `instead` as the remedy. */
export async function ask(question: string, instead: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new MusterError('nobody-to-ask', { command: instead });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}
