import { z } from 'zod';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import type { Host } from '../host/host.ts';
import { lastWords } from '../machine/program.ts';
import { clearRestartMark, isMarkedForRestart } from '../machine/restart-mark.ts';
import { changeUnit, unitNamed } from '../machine/unit.ts';
import { crictl } from './image-store.ts';
import type { Step } from './step.ts';

export const runtime: Step = {
  id: 'runtime',

  async check({ host, assignment }) {
    const { name } = assignment.settings.runtime;
    const [status, marked] = await Promise.all([unitNamed(host, name), isMarkedForRestart(host, name)]);
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
    await changeUnit(host, 'enable', name, { remedy });
    const wrong = (await isMarkedForRestart(host, name)) || (await problemOf[name](host)) !== null;
    await changeUnit(host, wrong ? 'restart' : 'start', name, { remedy });
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
