import { becomesNode, type Check, error, ok, unknown } from '../check.ts';
import { kernelCommandLine } from './boot.ts';
import { cgroupName } from './cgroup-name.ts';

/** kubeadm's list. In v2, cpuacct is part of cpu, and devices and freezer are not controllers. */
const neededIn = {
  v1: ['cpu', 'cpuacct', 'cpuset', 'devices', 'freezer', 'memory', 'pids'],
  v2: ['cpu', 'cpuset', 'memory', 'pids'],
};

export const cgroupControllers: Check = {
  id: 'cgroup-controllers',
  group: 'kernel',
  level: 'error',
  guards: becomesNode,
  title: { en: 'Required cgroup controllers are available', zh: '所需的 cgroup 控制器可用' },
  reason: {
    en: 'The kubelet limits pods with them and does not start if one is missing.',
    zh: 'kubelet 用它们限制 Pod 的资源；缺少其中任何一个，kubelet 都无法启动。',
  },
  needed: {
    en: `${neededIn.v2.join(', ')}; on cgroup v1 also ${neededIn.v1.filter((one) => !neededIn.v2.includes(one)).join(', ')}`,
    zh: `${neededIn.v2.join('、')}；cgroup v1 还需要 ${neededIn.v1.filter((one) => !neededIn.v2.includes(one)).join('、')}`,
  },
  remedy: {
    en: 'Enable the memory controller on the kernel command line and reboot; for others, boot the distribution’s kernel',
    zh: '在内核命令行中启用 memory 控制器并重启；若缺少其他控制器，请使用发行版内核启动',
  },
  command: kernelCommandLine('cgroup_enable=memory'),
  cases: { other: { command: '' } },
  judge({ facts: { cgroup } }) {
    const { version, controllers } = cgroup;
    if (version === 'unknown')
      return unknown({ en: 'cgroup controllers could not be read', zh: '无法读取 cgroup 控制器' });
    const missing = (version === '2' ? neededIn.v2 : neededIn.v1).filter((name) => !controllers.includes(name));
    const name = cgroupName[version];
    if (missing.length === 0)
      return ok({ en: `${name.en}: ${controllers.join(', ')}`, zh: `${name.zh}：${controllers.join('、')}` });
    const seen = { en: `${name.en}, missing: ${missing.join(', ')}`, zh: `${name.zh}，缺少：${missing.join('、')}` };
    return error(seen, missing.includes('memory') ? {} : { case: 'other' });
  },
};
