import { type Check, ok, warning } from '../check.ts';

export const etcdMembers: Check = {
  id: 'etcd-members',
  group: 'plan',
  level: 'warning',
  depends: { en: 'Only on control planes.', zh: '仅针对控制平面。' },
  title: { en: 'Number of control planes is odd', zh: '控制平面数量为奇数' },
  reason: {
    en: 'etcd needs a majority: four members tolerate no more failures than three and are slower.',
    zh: 'etcd 需要多数派：四个成员容忍的故障数与三个相同，且更慢。',
  },
  needed: { en: '1, 3 or 5 control planes', zh: '1、3 或 5 个控制平面' },
  remedy: { en: 'Add or remove one control plane in the plan', zh: '在计划中增加或减少一个控制平面' },
  command: '',
  judge({ assignment, role }) {
    if (assignment === null || role !== 'control-plane') return null;
    const count = assignment.settings.hosts.filter((host) => host.role === 'control-plane').length;
    const seen = { en: `${count} planned`, zh: `计划中有 ${count} 个` };
    return count % 2 === 1 || count === 0 ? ok(seen) : warning(seen);
  },
};
