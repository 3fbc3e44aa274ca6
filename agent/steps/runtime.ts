import type { ClusterSettings } from '../../shared/plan/schema.ts';
import type { Host } from '../host/host.ts';
import { dockerInfo } from '../machine/docker.ts';
import { lastWords, noSuchProgram } from '../machine/program.ts';
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
    if (marked)
      return {
        state: 'todo',
        message: { en: `${name}: running with an earlier configuration`, zh: `${name}：仍以先前的配置运行` },
      };
    if (!status.active) {
      const message = { en: `${name}: not running`, zh: `${name}：未运行` };
      return { state: 'todo', code: 'runtime-not-running', message };
    }
    if (!status.enabled)
      return { state: 'todo', message: { en: `${name}: not enabled at boot`, zh: `${name}：未设为开机启动` } };
    const problem = await problemOf[name](host);
    return problem === null ? { state: 'done' } : { state: 'todo', ...problem };
  },

  async apply(context) {
    const { host, assignment } = context;
    const { name } = assignment.settings.runtime;
    // A daemon that does not answer or runs with a wrong configuration is restarted.
    if ((await problemOf[name](host)) !== null) await markForRestart(host, name);
    await executeChanges('runtime', context);
  },
};

type Unmet = Pick<Extract<CheckResult, { state: 'todo' }>, 'code' | 'message'>;

/** What is wrong with the running daemon; null: nothing. */
const problemOf: Record<ClusterSettings['runtime']['name'], (host: Host) => Promise<Unmet | null>> = {
  async docker(host) {
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
  },
  async containerd(host) {
    const result = await crictl(host, ['version']);
    if (result.exitCode === 0) return null;
    if (result.exitCode === noSuchProgram) {
      return { code: 'crictl-missing', message: { en: 'crictl is not installed', zh: 'crictl 未安装' } };
    }
    const said = lastWords(result);
    return { message: { en: `containerd’s CRI does not answer: ${said}`, zh: `containerd 的 CRI 没有应答：${said}` } };
  },
};
