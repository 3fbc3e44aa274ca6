import type { EtcdState } from '../protocol/etcd-state.ts';
import type { LocalText } from '../text/local-text.ts';

/** One sentence: members, leader, who is away, and since when a backup is known to be restorable. */
export function etcdText({ members, hasQuorum, restorable, isExternal }: EtcdState): LocalText {
  const leader = members.find(({ isLeader }) => isLeader)?.name ?? '';
  const away = members.filter(({ answers }) => !answers).map(({ name, id }) => name || id);
  const parts: LocalText[] = [
    ...(isExternal ? [{ en: 'external', zh: '外部' }] : []),
    members.length === 1
      ? { en: '1 member', zh: '1 个成员' }
      : { en: `${members.length} members`, zh: `${members.length} 个成员` },
    hasQuorum ? { en: `leader ${leader}`, zh: `leader 为 ${leader}` } : { en: 'no quorum', zh: '没有法定人数' },
    ...(away.length === 0 ? [] : [{ en: `no answer from ${away.join(', ')}`, zh: `无应答：${away.join('、')}` }]),
    ...(isExternal ? [] : [backupText(restorable)]),
  ];
  return { en: parts.map(({ en }) => en).join(', '), zh: parts.map(({ zh }) => zh).join('，') };
}

const backupText = (restorable: EtcdState['restorable']): LocalText =>
  restorable === null
    ? { en: 'no verified backup', zh: '没有已验证的备份' }
    : { en: `backup restorable as of ${moment(restorable.at)}`, zh: `备份已验证可恢复：${moment(restorable.at)}` };

/** Such as 2026-11-30 03:12 UTC. */
const moment = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`;
