#!/usr/bin/env node
import { agentPaths } from '../shared/paths.ts';

// Folders for programs of other users must be readable, also where root's umask is 077 (openEuler).
process.umask(0o022);

// The service runs for months, so it loads nothing of the other commands.
if (process.argv[2] === 'run' && process.argv.length === 3) {
  const { run } = await import('./service/run.ts');
  await run(agentPaths);
} else {
  const { main } = await import('./cli.ts');
  await main(process.argv);
}
