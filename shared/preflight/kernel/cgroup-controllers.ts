import { type Check, error, ok, unknown } from '../check.ts';

/** As kubeadm asks for them; cpuacct belongs to cpu in version 2, and devices and freezer are no controllers there. */
const neededIn = {
  v1: ['cpu', 'cpuacct', 'cpuset', 'devices', 'freezer', 'memory', 'pids'],
  v2: ['cpu', 'cpuset', 'memory', 'pids'],
};

export const cgroupControllers: Check = {
  id: 'cgroup-controllers',
  group: 'kernel',
  level: 'error',
  title: { en: 'Cgroup controllers that the kubelet needs', zh: 'kubelet 所需的 cgroup 控制器' },
  reason: {
    en: 'The kubelet limits pods with them and does not start where one is missing.',
    zh: 'kubelet 用它们限制 Pod 的资源，缺少任何一个都无法启动。',
  },
  needed: {
    en: `${neededIn.v2.join(', ')}; in version 1 also ${neededIn.v1.filter((one) => !neededIn.v2.includes(one)).join(', ')}`,
    zh: `${neededIn.v2.join('、')}；第 1 版还需 ${neededIn.v1.filter((one) => !neededIn.v2.includes(one)).join('、')}`,
  },
  remedy: {
    en: 'Enable them on the kernel’s command line (cgroup_enable=memory in /etc/default/grub), then reboot',
    zh: '在内核启动参数中启用（/etc/default/grub 里的 cgroup_enable=memory），然后重启',
  },
  command: 'sudo update-grub && sudo reboot',
  judge({ facts: { cgroup } }) {
    const { version, controllers } = cgroup;
    if (version === 'unknown') return unknown({ en: 'the cgroups could not be read', zh: '无法读取 cgroup' });
    const missing = (version === '2' ? neededIn.v2 : neededIn.v1).filter((name) => !controllers.includes(name));
    if (missing.length === 0) return ok({ en: `version ${version}, with all of them`, zh: `第 ${version} 版，齐全` });
    return error({
      en: `version ${version}, without ${missing.join(', ')}`,
      zh: `第 ${version} 版，缺少 ${missing.join('、')}`,
    });
  },
};
