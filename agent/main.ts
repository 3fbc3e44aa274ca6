#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { agentPaths } from '../shared/paths.ts';

// The service stays in memory for months: it loads nothing of the other commands.
if (process.argv[2] === 'run' && process.argv.length === 3) {
  // It waits nearly all of its life: V8 need not optimize for it, which spares a tenth of its memory.
  for (const flag of ['--lite-mode', '--max-semi-space-size=1']) setFlagsFromString(flag);
  const { run } = await import('./run.ts');
  await run(agentPaths);
} else {
  const { main } = await import('./cli.ts');
  await main(process.argv);
}
