#!/usr/bin/env node
import { agentPaths } from '../shared/paths.ts';

// The service runs for months, so it loads nothing of the other commands.
if (process.argv[2] === 'run' && process.argv.length === 3) {
  const { run } = await import('./service/run.ts');
  await run(agentPaths);
} else {
  const { main } = await import('./cli.ts');
  await main(process.argv);
}
