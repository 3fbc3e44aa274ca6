import { createInterface } from 'node:readline/promises';
import { exitCode, MusterError } from '../../../shared/errors/errors.ts';

/** Asks on the terminal. Throws `nobody-to-ask` where there is none; `instead` is what to do then. */
export async function ask(question: string, instead: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new MusterError('nobody-to-ask', 'this asks on a terminal, and there is none', {
      remedy: instead,
      exit: exitCode.usage,
    });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim();
  } finally {
    terminal.close();
  }
}
