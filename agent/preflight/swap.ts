import { type Check, ok, warning } from './check.ts';

export const swap: Check = {
  id: 'swap-off',
  title: 'Swap is off',
  judge({ facts }) {
    const needed = 'no swap, now and after a reboot: the kubelet does not start with it';
    const { devices, fstab } = facts.swap;
    if (devices.length === 0 && fstab.length === 0) return ok({ seen: 'none', needed });
    const active = devices.length === 0 ? [] : [`active on ${devices.join(', ')}`];
    const later = fstab.length === 0 ? [] : ['in /etc/fstab'];
    return warning({ seen: [...active, ...later].join(' and '), needed, mends: 'muster turns it off' });
  },
};
