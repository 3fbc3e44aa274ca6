import { type Check, notLooked, ok, warning } from '../check.ts';
import { caseOf, externalCase } from './external-case.ts';

export const etcdAlarms: Check = {
  id: 'etcd-alarms',
  group: 'etcd',
  level: 'warning',
  depends: {
    en: 'Only on control planes with an etcd member or an external etcd.',
    zh: '仅针对运行 etcd 成员或使用外部 etcd 的控制平面。',
  },
  title: { en: 'etcd has raised no alarm', zh: 'etcd 没有告警' },
  reason: {
    en: 'With NOSPACE etcd refuses every write; with CORRUPT its members hold different data.',
    zh: '出现 NOSPACE 时 etcd 拒绝所有写入；出现 CORRUPT 时各成员的数据不一致。',
  },
  needed: { en: 'no alarm', zh: '没有告警' },
  remedy: {
    en: 'Delete what fills etcd, then compact, defragment and disarm the alarm',
    zh: '删除占满 etcd 的数据，然后压缩、碎片整理并解除告警',
  },
  command: '',
  cases: {
    ...externalCase,
    corrupt: {
      remedy: {
        en: 'Replace the control plane whose member raised it: muster replace HOST',
        zh: '更换触发告警的成员所在的控制平面：muster replace HOST',
      },
    },
  },
  judge({ facts: { etcd }, role }) {
    if (etcd === null || etcd.self === null || role !== 'control-plane') return null;
    if (etcd.alarms === null) return notLooked;
    if (etcd.alarms.length === 0) return ok({ en: 'no alarm', zh: '没有告警' });
    const nameOf = (id: string) => etcd.members.find((member) => member.id === id)?.name || id;
    const list = etcd.alarms.map(({ alarm, member }) => `${alarm} (${nameOf(member)})`).join(', ');
    const isCorrupt = etcd.alarms.some(({ alarm }) => alarm === 'CORRUPT');
    return warning({ en: list, zh: list }, { ...(isCorrupt ? { case: 'corrupt' } : {}), ...caseOf(etcd) });
  },
};
