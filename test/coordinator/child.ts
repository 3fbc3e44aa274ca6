import { join } from 'node:path';
import { serve } from '../../coordinator/server/serve.ts';
import { silentLogger } from '../../shared/logger.ts';

/** Runs a coordinator in the given folder, prints how to reach it and runs until it is killed. */
const folder = process.argv[2] ?? '';
const controller = new AbortController();
process.once('SIGTERM', () => controller.abort());
const { port, caPem } = await serve({
  plan: join(folder, 'cluster.yaml'),
  state: join(folder, 'state'),
  socket: join(folder, 'sock'),
  artefacts: join(folder, 'artefacts'),
  listen: '127.0.0.1:0',
  log: silentLogger(),
  limits: { enrol: 1000 },
  signal: controller.signal,
});
process.stdout.write(`${JSON.stringify({ port, caPem })}\n`);
