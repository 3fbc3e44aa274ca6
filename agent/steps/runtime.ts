import { z } from 'zod';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import type { Host } from '../host/host.ts';
import { lastWords, output } from '../machine/program.ts';
import { crictl } from './image-store.ts';
import { clearRestartMark, isMarkedForRestart } from './restart-mark.ts';
import type { Step } from './step.ts';
import { unitStatus } from './unit.ts';

/** Starting can include loading what a killed daemon left. */
const startTimeoutMs = 180_000;

export const runtime: Step = {
  id: 'runtime',

  async check({ host, assignment }) {
    const { name } = assignment.settings.runtime;
    const [status, marked] = await Promise.all([unitStatus(host, name), isMarkedForRestart(host, name)]);
    if (marked) return { state: 'todo', message: `${name} runs with its earlier configuration` };
    if (!status.active) return { state: 'todo', message: `${name} is not running` };
    if (!status.enabled) return { state: 'todo', message: `${name} does not start at boot` };
    const problem = await problemOf[name](host);
    return problem === null ? { state: 'done' } : { state: 'todo', message: problem };
  },

  async apply({ host, assignment }) {
    const { name } = assignment.settings.runtime;
    const remedy = `on this host: journalctl -u ${name} -n 50`;
    await host.remember({ kind: 'unit', name: `${name}.service` });
    await output(host, 'systemctl', ['enable', name], { remedy });
    const wrong = (await isMarkedForRestart(host, name)) || (await problemOf[name](host)) !== null;
    await output(host, 'systemctl', [wrong ? 'restart' : 'start', name], { timeoutMs: startTimeoutMs, remedy });
    await clearRestartMark(host, name);
  },
};

const dockerInfo = z.object({ CgroupDriver: z.string() });

/** What is wrong with the running daemon; null: nothing. */
const problemOf: Record<ClusterSettings['runtime']['name'], (host: Host) => Promise<string | null>> = {
  async docker(host) {
    const result = await host.run('docker', ['info', '--format', '{{json .}}']);
    if (result.exitCode !== 0) return `docker does not answer: ${lastWords(result)}`;
    const { CgroupDriver: driver } = dockerInfo.parse(JSON.parse(result.stdout));
    return driver === 'systemd' ? null : `docker’s cgroup driver is ${driver}; systemd is needed, as the kubelet’s`;
  },
  async containerd(host) {
    const result = await crictl(host, ['version']);
    return result.exitCode === 0 ? null : `containerd’s CRI does not answer: ${lastWords(result)}`;
  },
};
