import { type Check, ok, warning } from '../check.ts';

export const otherRuntime: Check = {
  id: 'other-runtime',
  group: 'runtime',
  level: 'warning',
  title: { en: 'Only the planned container runtime is running', zh: '只有计划的容器运行时在运行' },
  reason: {
    en: 'A second runtime takes memory and disk space and rewrites firewall rules that Kubernetes relies on.',
    zh: '第二个容器运行时会占用内存和磁盘，并改写 Kubernetes 依赖的防火墙规则。',
  },
  needed: { en: 'docker not running if containerd is planned', zh: '计划使用 containerd 时 docker 未运行' },
  remedy: {
    en: 'Disable docker if nothing else on this host needs it',
    zh: '若该主机上没有其他程序需要 docker，请将其停用',
  },
  command: 'sudo systemctl disable --now docker docker.socket',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const running = facts.runtimes.filter(({ active }) => active).map(({ name, version }) => `${name} ${version}`);
    const seen =
      running.length === 0
        ? { en: 'no runtime is running', zh: '没有容器运行时在运行' }
        : { en: `running: ${running.join(', ')}`, zh: `正在运行：${running.join('、')}` };
    const second = assignment.settings.runtime.name === 'containerd' && running.some((one) => one.startsWith('docker'));
    return second ? warning(seen) : ok(seen);
  },
};
