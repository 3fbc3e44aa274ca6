#!/usr/bin/env node
import { run } from './cli/run.ts';

const { stdout, stderr, env, argv } = process;

// `muster logs HOST | head`: the reader has had enough, which is no error.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await run(argv.slice(2), { stdout, stderr, env });
