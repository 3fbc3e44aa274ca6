import { clusterStatus, master, on } from '../lab/install.ts';
import { LabError } from '../lab/lab-error.ts';
import { median } from './median.ts';

const host = 'node01';
const unit = 'muster-agent.service';
const idleSeconds = 60;
const sampleSeconds = 3;
const mb = (kib: number) => (kib / 1024).toFixed(1);
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Total resident memory of the processes in KiB. */
async function residentOf(pids: readonly string[]): Promise<number> {
  let sum = 0;
  for (const pid of pids) {
    const line = (await on(host, 'grep', 'VmRSS', `/proc/${pid}/status`)).match(/(\d+) kB/);
    sum += Number(line?.[1] ?? 0);
  }
  return sum;
}

async function pidsOfAgent(): Promise<string[]> {
  const group = (await on(host, 'systemctl', 'show', '-p', 'ControlGroup', '--value', unit)).trim();
  const procs = await on(
    host,
    'sh',
    '-c',
    `cat /sys/fs/cgroup/systemd${group}/cgroup.procs 2>/dev/null || cat /sys/fs/cgroup${group}/cgroup.procs`,
  );
  return procs.trim().split('\n');
}

/** Resident memory in KiB of an idle process of the same runtime. */
async function emptyProcess(): Promise<number> {
  const script =
    '/opt/muster/runtime/bin/node -e "setInterval(() => {}, 1e9)" & sleep 3; grep VmRSS /proc/$!/status; kill $!';
  return Number((await on(host, 'bash', '-c', script)).match(/(\d+) kB/)?.[1] ?? Number.NaN);
}

/**
 * CPU seconds of the unit's processes since they started, including children that ended. Read from /proc in clock ticks
 * of 10 ms, because systemd's accounting does not exist on every cgroup layout.
 */
async function cpuSeconds(): Promise<number> {
  let ticks = 0;
  for (const pid of await pidsOfAgent()) {
    const stat = await on(host, 'cat', `/proc/${pid}/stat`);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // utime, stime, cutime, cstime
    for (const field of fields.slice(11, 15)) ticks += Number(field);
  }
  return ticks / 100;
}

/** Prints memory and CPU usage of the agent on node01 while its node is Ready and idle. */
export async function benchAgent(): Promise<void> {
  const status = await clusterStatus().catch((cause) => {
    throw new LabError('no-lab', 'there is no running lab to measure: npm run lab', { cause });
  });
  if (status.hosts.some(({ phase }) => phase !== 'ready'))
    throw new LabError('not-ready', 'not all nodes are Ready: npm run lab');
  for (const name of ['runtime-x64.tar.gz', 'agent.tar.gz']) {
    const bytes = Number(await on(master, 'stat', '-c', '%s', `/opt/muster/artefacts/${name}`));
    say(`download ${name}: ${(bytes / 1e6).toFixed(1)} MB`);
  }
  const empty = median([await emptyProcess(), await emptyProcess(), await emptyProcess()]);
  const before = await cpuSeconds();
  const start = performance.now();
  const resident: number[] = [];
  for (let sample = 0; sample < idleSeconds / sampleSeconds; sample++) {
    await new Promise((resolve) => setTimeout(resolve, sampleSeconds * 1000));
    resident.push(await residentOf(await pidsOfAgent()));
  }
  const share = ((await cpuSeconds()) - before) / ((performance.now() - start) / 1000);
  const mean = resident.reduce((sum, one) => sum + one, 0) / resident.length;
  say(
    `memory idle: ${mb(mean)} MB (${mb(Math.min(...resident))} to ${mb(Math.max(...resident))} over ${idleSeconds} s), ` +
      `an empty process of the same runtime ${mb(empty)} MB: ratio ${(mean / empty).toFixed(2)}`,
  );
  say(`CPU over ${idleSeconds} idle seconds: ${(share * 100).toFixed(3)} % of a core (goal <= 0.2 %)`);
}
