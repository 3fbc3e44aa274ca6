import type { Notice } from '../../../shared/protocol/notice.ts';

export interface BackupState {
  /** Why the newest backup failed; null: it succeeded. */
  trouble: string | null;
  /** Whether the plan has hosts that keep copies. */
  wantsCopies: boolean;
  hasRecoveryKey: boolean;
}

export function backupNotices({ trouble, wantsCopies, hasRecoveryKey }: BackupState): Notice[] {
  return [...(trouble === null ? [] : [failed(trouble)]), ...(wantsCopies && !hasRecoveryKey ? [noKey] : [])];
}

const failed = (trouble: string): Notice => ({
  code: 'backup-failed',
  text: {
    en: `Backup failed: ${trouble}. Next: muster retries every minute.`,
    zh: `备份失败：${trouble}。之后 muster 每分钟重试。`,
  },
  command: 'journalctl -u muster-coordinator',
});

const noKey: Notice = {
  code: 'no-recovery-key',
  text: {
    en: 'The plan requires backup copies on other hosts, but there is no recovery key to encrypt them.',
    zh: '计划要求在其他主机上保存备份副本，但没有用于加密的恢复密钥。',
  },
  command: 'muster recovery-key',
};
