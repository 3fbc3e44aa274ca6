import { criDockerdSocket, pauseImage, usesCriDockerd } from '../../shared/kubeadm/runtime.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import { runtimeUnits } from '../../shared/steps/content/services.ts';
import { execute, isExecutable, lookAtAll } from '../changes/execute.ts';
import type { Host } from '../host/host.ts';
import { containerdSocket } from '../machine/containerd.ts';
import { dockerInfo } from '../machine/docker.ts';
import { lastWords, noSuchProgram } from '../machine/program.ts';
import { markForRestart } from '../machine/restart-mark.ts';
import { changesOf, executeChanges } from './declared.ts';
import { crictl } from './image-store.ts';
import { withInstalled } from './installed.ts';
import type { Step, StepContext } from './step.ts';
import { type Unmet, unitProblem } from './unit-problem.ts';

export const runtime: Step = {
  id: 'runtime',

  async check(context) {
    const { host, assignment } = context;
    const { settings } = assignment;
    const config = await lookAtAll(await sandboxChanges(context), host);
    if (config.state === 'todo') return config;
    for (const name of runtimeUnits(settings)) {
      const unmet = await unitProblem(host, name, 'runtime-not-running');
      if (unmet !== null) return { state: 'todo', ...unmet };
    }
    for (const { problem } of servicesOf(settings)) {
      const unmet = await problem(host);
      if (unmet !== null) return { state: 'todo', ...unmet };
    }
    return { state: 'done' };
  },

  async apply(context) {
    const { host, assignment } = context;
    await execute(await sandboxChanges(context), context);
    // A daemon that does not answer or runs with a wrong configuration is restarted.
    for (const { unit, problem } of servicesOf(assignment.settings)) {
      if ((await problem(host)) !== null) await markForRestart(host, unit);
    }
    await executeChanges('runtime', context);
  },
};

/**
 * Those that are left if kubeadm, which was installed after the runtime was configured, lists another sandbox image.
 */
async function sandboxChanges(context: StepContext) {
  const { assignment, facts } = context;
  const { kubernetes, runtime: planned } = assignment.settings;
  if (planned.name !== 'containerd' || facts.software.pauseTag !== null) return [];
  const current = await withInstalled(context);
  const isOther = pauseImage(kubernetes, current.facts.software.pauseTag) !== pauseImage(kubernetes);
  return isOther ? changesOf('runtime-config', current).filter(isExecutable) : [];
}

interface Service {
  unit: string;
  /** What is wrong with the running daemon; null: nothing. */
  problem(host: Host): Promise<Unmet | null>;
}

function servicesOf(settings: ClusterSettings): Service[] {
  const { name } = settings.runtime;
  if (name === 'containerd') return [{ unit: name, problem: (host) => criProblem(host, name, containerdSocket) }];
  const docker = { unit: name, problem: dockerProblem };
  if (!usesCriDockerd(settings)) return [docker];
  return [docker, { unit: 'cri-docker', problem: (host) => criProblem(host, 'cri-dockerd', criDockerdSocket) }];
}

async function dockerProblem(host: Host): Promise<Unmet | null> {
  const info = await dockerInfo(host);
  if (!info.answers) {
    return { message: { en: `docker does not answer: ${info.said}`, zh: `docker 没有应答：${info.said}` } };
  }
  if (info.cgroupDriver === 'systemd') return null;
  const driver = info.cgroupDriver || '(none)';
  const message = {
    en: `docker: cgroup driver ${driver}; systemd is required, as for the kubelet`,
    zh: `docker：cgroup 驱动为 ${driver}；需要与 kubelet 相同的 systemd`,
  };
  return { code: 'docker-cgroup-driver', message };
}

async function criProblem(host: Host, name: string, socket: string): Promise<Unmet | null> {
  const result = await crictl(host, ['version'], {}, socket);
  if (result.exitCode === 0) return null;
  if (result.exitCode === noSuchProgram) {
    return { code: 'crictl-missing', message: { en: 'crictl is not installed', zh: 'crictl 未安装' } };
  }
  const said = lastWords(result);
  return { message: { en: `${name}’s CRI does not answer: ${said}`, zh: `${name} 的 CRI 没有应答：${said}` } };
}
