import { type Check, ok, warning } from '../check.ts';
import { caseOf, externalCase } from './external-case.ts';
import { labelOf } from './members.ts';

export const etcdHealth: Check = {
  id: 'etcd-health',
  group: 'etcd',
  level: 'warning',
  depends: {
    en: 'Only on control planes with an etcd member or an external etcd.',
    zh: '仅针对运行 etcd 成员或使用外部 etcd 的控制平面。',
  },
  title: { en: 'All etcd members answer', zh: '所有 etcd 成员均有应答' },
  reason: {
    en: 'etcd needs a majority of its members; each one that is away leaves less tolerance of the next failure.',
    zh: 'etcd 需要多数成员存活；每缺少一个成员，对下一次故障的容忍度就更低。',
  },
  needed: {
    en: 'every member has started and answers, and there is a leader',
    zh: '每个成员均已启动并应答，且存在 leader',
  },
  remedy: {
    en: 'Start the machine, or replace it: muster replace HOST',
    zh: '启动该机器，或更换它：muster replace HOST',
  },
  command: '',
  cases: {
    ...externalCase,
    self: {
      remedy: { en: 'Check why etcd is not running on this host', zh: '查看该主机的 etcd 未运行的原因' },
      command: 'sudo tail -n 50 /var/log/pods/kube-system_etcd-*/etcd/*.log',
    },
    quorum: {
      remedy: {
        en: 'Start the other control planes; if they are permanently lost: muster recover',
        zh: '启动其他控制平面；若已永久丢失：muster recover',
      },
    },
  },
  judge({ facts: { etcd }, role }) {
    if (etcd === null || role !== 'control-plane') return null;
    if (etcd.self === null && etcd.external)
      return warning({ en: 'no endpoint answers', zh: '没有端点应答' }, caseOf(etcd));
    if (etcd.self === null)
      return warning({ en: 'this host’s member does not answer', zh: '该主机的成员无应答' }, { case: 'self' });
    const { members, leader } = etcd;
    const away = members.filter(({ answers }) => !answers).map(labelOf);
    const [en, zh] = (['en', 'zh'] as const).map((language) => away.map((one) => one[language]).join(', '));
    if (leader === null) {
      const seen = { en: `no leader; no answer from: ${en}`, zh: `没有 leader；无应答：${zh}` };
      return warning(seen, { case: 'quorum', ...caseOf(etcd) });
    }
    if (away.length > 0) return warning({ en: `no answer from: ${en}`, zh: `无应答：${zh}` }, caseOf(etcd));
    return ok({ en: `${members.length} of ${members.length} members answer`, zh: `${members.length} 个成员均有应答` });
  },
};
