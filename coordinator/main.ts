#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { run } from './cli/run.ts';

const { stdin, stdout, stderr, env, argv } = process;

// The reader closed the pipe, as in `muster logs HOST | head`: not an error.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

const isAttended = stdin.isTTY === true && stderr.isTTY === true;
process.exitCode = await run(argv.slice(2), { stdout, stderr, env, ...(isAttended ? { ask } : {}) });
