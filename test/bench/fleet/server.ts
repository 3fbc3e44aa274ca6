import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { serve } from '../../../coordinator/server/serve.ts';
import { silentLogger } from '../../../shared/logger.ts';
import type { Measured } from './protocol.ts';

/** A coordinator in a process of its own that measures itself on request. Arguments: folder, port (0: any). */
const [folder = '', port = '0'] = process.argv.slice(2);
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let since = performance.now();
let cpu = process.cpuUsage();

const { port: bound, caPem } = await serve({
  plan: join(folder, 'cluster.yaml'),
  state: join(folder, 'state'),
  socket: join(folder, 'sock'),
  artefacts: join(folder, 'artefacts'),
  listen: `127.0.0.1:${port}`,
  log: silentLogger(),
  signal: new AbortController().signal,
});

process.on('message', () => {
  const used = process.cpuUsage(cpu);
  const measured: Measured = {
    cpuSeconds: (used.user + used.system) / 1e6,
    seconds: (performance.now() - since) / 1000,
    residentBytes: process.memoryUsage.rss(),
    stallMs: delay.max / 1e6,
    p99Ms: delay.percentile(99) / 1e6,
  };
  delay.reset();
  since = performance.now();
  cpu = process.cpuUsage();
  process.send?.(measured);
});
process.send?.({ port: bound, caPem });
