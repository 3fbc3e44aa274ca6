import type { ClusterSettings } from '../../shared/plan/schema.ts';
import type { Host } from '../host/host.ts';
import { dockerInfo } from '../machine/docker.ts';
import { lastWords } from '../machine/program.ts';
import { isMarkedForRestart, markForRestart } from '../machine/restart-mark.ts';
import { unitNamed } from '../machine/unit.ts';
import { executeChanges } from './declared.ts';
import { crictl } from './image-store.ts';
import type { CheckResult, Step } from './step.ts';

export const runtime: Step = {
  id: 'runtime',

  async check({ host, assignment }) {
    const { name } = assignment.settings.runtime;
    const [status, marked] = await Promise.all([unitNamed(host, name), isMarkedForRestart(host, name)]);
    if (marked) return { state: 'todo', message: `${name} runs with its earlier configuration` };
    if (!status.active) return { state: 'todo', code: 'runtime-not-running', message: `${name} is not running` };
    if (!status.enabled) return { state: 'todo', message: `${name} does not start at boot` };
    const problem = await problemOf[name](host);
    return problem === null ? { state: 'done' } : { state: 'todo', ...problem };
  },

  async apply(context) {
    const { host, assignment } = context;
    const { name } = assignment.settings.runtime;
    // One that does not answer, or runs with a wrong configuration, is restarted.
    if ((await problemOf[name](host)) !== null) await markForRestart(host, name);
    await executeChanges('runtime', context);
  },
};

type Unmet = Pick<Extract<CheckResult, { state: 'todo' }>, 'code' | 'message'>;

/** What is wrong with the running daemon; null: nothing. */
const problemOf: Record<ClusterSettings['runtime']['name'], (host: Host) => Promise<Unmet | null>> = {
  async docker(host) {
    const info = await dockerInfo(host);
    if (!info.answers) return { message: `docker does not answer: ${info.said}` };
    if (info.cgroupDriver === 'systemd') return null;
    const message = `docker uses the cgroup driver ${info.cgroupDriver || '(none)'}; systemd is required, as for the kubelet`;
    return { code: 'docker-cgroup-driver', message };
  },
  async containerd(host) {
    const result = await crictl(host, ['version']);
    return result.exitCode === 0 ? null : { message: `containerd’s CRI does not answer: ${lastWords(result)}` };
  },
};
