import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, warning } from '../check.ts';

export const otherRuntime: Check = {
  id: 'other-runtime',
  group: 'runtime',
  level: 'warning',
  title: { en: 'Only the planned runtime runs', zh: '只运行计划中的容器运行时' },
  reason: {
    en: 'A second runtime takes memory and disk, and rewrites the firewall’s rules behind Kubernetes’ back.',
    zh: '第二个运行时会占用内存和磁盘，并在 Kubernetes 不知情时改写防火墙规则。',
  },
  needed: { en: 'docker not running where containerd is planned', zh: '计划使用 containerd 时 docker 不应运行' },
  remedy: {
    en: 'Where nothing else on this host needs docker, switch it off',
    zh: '若本机无其他程序需要 docker，将其停用',
  },
  command: 'sudo systemctl disable --now docker docker.socket',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const running = facts.runtimes.filter(({ active }) => active).map(({ name, version }) => `${name} ${version}`);
    const seen = running.length === 0 ? { en: 'none runs', zh: '均未运行' } : verbatim(running.join(', '));
    const second = assignment.settings.runtime.name === 'containerd' && running.some((one) => one.startsWith('docker'));
    return second ? warning(seen) : ok(seen);
  },
};
