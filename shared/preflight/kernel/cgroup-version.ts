import { minorVersion } from '../../kubeadm/version.ts';
import { type Check, error, ok, unknown, warning } from '../check.ts';

/** The kubelet's first minor release that refuses cgroup version 1. */
const firstWithoutV1 = 35;
/** From this one on version 1 gets no new features. */
const firstInMaintenance = 31;

export const cgroupVersion: Check = {
  id: 'cgroup-version',
  group: 'kernel',
  level: 'error',
  depends: {
    en: 'Version 1 is an error from Kubernetes 1.35 on and a warning from 1.31 on.',
    zh: '自 Kubernetes 1.35 起使用第 1 版为错误，自 1.31 起为警告。',
  },
  title: { en: 'Cgroup version that this Kubernetes works with', zh: 'cgroup 版本与 Kubernetes 版本匹配' },
  reason: {
    en: 'The kubelet of Kubernetes 1.35 does not start on cgroup version 1.',
    zh: 'Kubernetes 1.35 的 kubelet 无法在 cgroup 第 1 版上启动。',
  },
  needed: { en: 'cgroup version 2', zh: 'cgroup 第 2 版' },
  remedy: {
    en: 'Add systemd.unified_cgroup_hierarchy=1 to the kernel’s command line and reboot, or plan Kubernetes 1.34 or older',
    zh: '在内核启动参数中加入 systemd.unified_cgroup_hierarchy=1 并重启，或在计划中使用 1.34 及更早版本',
  },
  command: 'sudo update-grub && sudo reboot',
  judge({ facts: { cgroup }, assignment }) {
    if (assignment === null) return null;
    const minor = minorVersion(assignment.settings.kubernetes.version);
    if (cgroup.version === 'unknown') return unknown({ en: 'the version could not be read', zh: '无法读取版本' });
    const seen = { en: `version ${cgroup.version}`, zh: `第 ${cgroup.version} 版` };
    if (cgroup.version === '2' || minor < firstInMaintenance) return ok(seen);
    return minor >= firstWithoutV1 ? error(seen) : warning(seen);
  },
};
