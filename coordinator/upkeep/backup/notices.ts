import type { Notice } from '../../../shared/protocol/notice.ts';

export interface BackupState {
  /** Why the newest backup could not be made; null: it was. */
  trouble: string | null;
  /** The plan has hosts keep copies. */
  wantsCopies: boolean;
  hasRecoveryKey: boolean;
}

/** What people are told of backups. */
export function backupNotices({ trouble, wantsCopies, hasRecoveryKey }: BackupState): Notice[] {
  return [...(trouble === null ? [] : [failed(trouble)]), ...(wantsCopies && !hasRecoveryKey ? [noKey] : [])];
}

const failed = (trouble: string): Notice => ({
  code: 'backup-failed',
  text: { en: `no backup could be made: ${trouble}`, zh: `无法创建备份：${trouble}` },
  command: 'journalctl -u muster-coordinator',
});

const noKey: Notice = {
  code: 'no-recovery-key',
  text: {
    en: 'the plan wants copies of backups on other hosts, and there is no recovery key to encrypt them to',
    zh: '计划要求在其他主机上保存备份副本，但还没有用于加密副本的恢复密钥',
  },
  command: 'muster recovery-key',
};
