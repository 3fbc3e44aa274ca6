import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, warning } from '../check.ts';

export const etcdMembers: Check = {
  id: 'etcd-members',
  group: 'plan',
  level: 'warning',
  depends: { en: 'Only on control planes.', zh: '仅针对控制平面。' },
  title: { en: 'An odd number of control planes', zh: '控制平面数量为奇数' },
  reason: {
    en: 'etcd needs a majority: four members bear the loss of no more than three do, and are slower.',
    zh: 'etcd 需要多数派：四个成员能承受的故障数与三个相同，且更慢。',
  },
  needed: { en: '1, 3 or 5', zh: '1、3 或 5 个' },
  remedy: { en: 'Plan one more or one less', zh: '在计划中增加或减少一个' },
  command: '',
  judge({ assignment, role }) {
    if (assignment === null || role !== 'control-plane') return null;
    const count = assignment.settings.hosts.filter((host) => host.role === 'control-plane').length;
    const seen = verbatim(`${count}`);
    return count % 2 === 1 || count === 0 ? ok(seen) : warning(seen);
  },
};
