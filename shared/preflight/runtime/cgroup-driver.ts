import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, unknown, warning } from '../check.ts';

export const cgroupDriver: Check = {
  id: 'cgroup-driver',
  group: 'runtime',
  level: 'warning',
  title: { en: 'Runtime and kubelet use one cgroup driver', zh: '运行时与 kubelet 使用同一 cgroup 驱动' },
  reason: {
    en: 'With two drivers the kubelet does not start, or the host becomes unstable under memory pressure.',
    zh: '驱动不一致时 kubelet 无法启动，或主机在内存紧张时变得不稳定。',
  },
  needed: { en: 'systemd, as muster configures the kubelet', zh: 'systemd，与 muster 为 kubelet 的配置一致' },
  remedy: {
    en: 'Configure the runtime with the systemd driver and restart it',
    zh: '将运行时配置为 systemd 驱动并重启',
  },
  command: '',
  step: 'runtime-config',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const found = facts.runtimes.find(({ name }) => name === assignment.settings.runtime.name);
    if (found === undefined || found.version === null) return ok({ en: 'not installed yet', zh: '尚未安装' });
    if (!found.active) return ok({ en: `${found.name} is not running yet`, zh: `${found.name} 尚未运行` });
    if (found.cgroupDriver === null) return unknown({ en: `${found.name} does not tell`, zh: `${found.name} 未给出` });
    const seen = verbatim(`${found.name} ${found.version}: ${found.cgroupDriver}`);
    return found.cgroupDriver === 'systemd' ? ok(seen) : warning(seen);
  },
};
