import { type Check, ok, warning } from '../check.ts';

export const swapOff: Check = {
  id: 'swap-off',
  group: 'host',
  level: 'warning',
  title: { en: 'Swap is off', zh: '交换空间已关闭' },
  reason: {
    en: 'The kubelet does not start while swap is on; kubeadm only warns.',
    zh: '交换空间开启时 kubelet 无法启动；kubeadm 只会给出警告。',
  },
  needed: { en: 'no active swap', zh: '没有启用的交换空间' },
  remedy: { en: 'Turn swap off', zh: '关闭交换空间' },
  command: 'sudo swapoff -a',
  step: 'swap',
  judge({ facts: { swap } }) {
    const { devices } = swap;
    if (devices.length === 0) return ok({ en: 'none active (/proc/swaps is empty)', zh: '未启用（/proc/swaps 为空）' });
    return warning({ en: `active on ${devices.join(', ')}`, zh: `启用于 ${devices.join('、')}` });
  },
};
