import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, unknown, warning } from '../check.ts';

export const cgroupDriver: Check = {
  id: 'cgroup-driver',
  group: 'runtime',
  level: 'warning',
  title: {
    en: 'Container runtime and kubelet use the same cgroup driver',
    zh: '容器运行时与 kubelet 使用相同的 cgroup 驱动',
  },
  reason: {
    en: 'With different drivers the kubelet does not start, or the host becomes unstable under memory pressure.',
    zh: '驱动不同时 kubelet 无法启动，或主机在内存紧张时变得不稳定。',
  },
  needed: {
    en: 'the systemd driver, which muster configures for the kubelet',
    zh: 'systemd 驱动，与 muster 为 kubelet 的配置一致',
  },
  remedy: {
    en: 'Set the runtime’s cgroup driver to systemd and restart the runtime',
    zh: '将容器运行时的 cgroup 驱动设为 systemd 并重启',
  },
  command: '',
  step: 'runtime-config',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const found = facts.runtimes.find(({ name }) => name === assignment.settings.runtime.name);
    const { name } = assignment.settings.runtime;
    if (found === undefined || found.version === null)
      return ok({ en: `${name} is not installed yet`, zh: `${name} 尚未安装` });
    if (!found.active) return ok({ en: `${found.name} is not running yet`, zh: `${found.name} 尚未运行` });
    if (found.cgroupDriver === null)
      return unknown({
        en: `${found.name}: cgroup driver could not be read`,
        zh: `${found.name}：无法读取 cgroup 驱动`,
      });
    const seen = verbatim(`${found.name} ${found.version}: ${found.cgroupDriver}`);
    return found.cgroupDriver === 'systemd' ? ok(seen) : warning(seen);
  },
};
