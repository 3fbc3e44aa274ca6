import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { serve } from '../../../coordinator/server/serve.ts';
import { silentLogger } from '../../../shared/logger.ts';
import type { Measured } from './protocol.ts';

/** A coordinator in a process of its own that measures itself on request. Arguments: folder, port (0: any). */
const [folder = '', port = '0'] = process.argv.slice(2);
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
/** Longest work of this thread between two timers, in ms: the stall on a machine without other load. */
let workMs = 0;
let thread = process.threadCpuUsage();
setInterval(() => {
  const { user, system } = process.threadCpuUsage(thread);
  thread = process.threadCpuUsage();
  workMs = Math.max(workMs, (user + system) / 1000);
}, 5);
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

// Nobody waits before the coordinator listens.
delay.reset();
workMs = 0;
process.on('message', () => {
  const used = process.cpuUsage(cpu);
  const measured: Measured = {
    cpuSeconds: (used.user + used.system) / 1e6,
    seconds: (performance.now() - since) / 1000,
    residentBytes: process.memoryUsage.rss(),
    heapBytes: process.memoryUsage().heapTotal,
    connections: process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length,
    stallMs: delay.max / 1e6,
    workMs,
    p99Ms: delay.percentile(99) / 1e6,
  };
  delay.reset();
  workMs = 0;
  since = performance.now();
  cpu = process.cpuUsage();
  process.send?.(measured);
});
process.send?.({ port: bound, caPem });
