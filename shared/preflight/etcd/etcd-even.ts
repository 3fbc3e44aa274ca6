import { type Check, ok, warning } from '../check.ts';
import { caseOf, externalCase } from './external-case.ts';

export const etcdEven: Check = {
  id: 'etcd-even',
  group: 'etcd',
  level: 'warning',
  depends: {
    en: 'Only on control planes with an etcd member or an external etcd.',
    zh: '仅针对运行 etcd 成员或使用外部 etcd 的控制平面。',
  },
  title: { en: 'Number of etcd members is odd', zh: 'etcd 成员数量为奇数' },
  reason: {
    en: 'With two members, the loss of either one stops the cluster; four tolerate no more failures than three.',
    zh: '两个成员时，失去任一个都会使集群停止；四个成员容忍的故障数与三个相同。',
  },
  needed: { en: '1, 3 or 5 voting members', zh: '1、3 或 5 个有投票权的成员' },
  remedy: {
    en: 'Wait until the planned control planes have joined, or retire one: muster retire HOST',
    zh: '等待计划中的控制平面加入，或使其中一个退役：muster retire HOST',
  },
  command: '',
  cases: externalCase,
  judge({ facts: { etcd }, role }) {
    if (etcd === null || etcd.self === null || role !== 'control-plane') return null;
    const count = etcd.members.filter(({ isLearner }) => !isLearner).length;
    const seen = { en: `${count} voting members`, zh: `${count} 个有投票权的成员` };
    return count % 2 === 1 ? ok(seen) : warning(seen, caseOf(etcd));
  },
};
