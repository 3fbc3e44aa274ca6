import { defineErrors } from '../definition.ts';
import { exitCode } from '../exit-codes.ts';

/** Backups of the coordinator and their keys. */
export const backupErrors = defineErrors({
  'recovery-key-there': {
    exit: exitCode.cannotCreate,
    message: {
      en: 'a recovery key exists; its secret was shown when it was created',
      zh: '恢复密钥已存在；其私钥在创建时显示过一次',
    },
    remedy: {
      en: 'if it is lost: muster recovery-key --replace   # earlier copies still need the lost key',
      zh: '若已丢失：muster recovery-key --replace   # 之前的副本仍需要丢失的密钥',
    },
  },
  'recovery-key-invalid': {
    exit: exitCode.badInput,
    message: { en: 'not a recovery key: it must begin with {prefix}', zh: '不是恢复密钥：恢复密钥以 {prefix} 开头' },
  },
  'not-a-backup': {
    exit: exitCode.badInput,
    message: {
      en: '{path} is not a backup of muster, or its beginning is damaged',
      zh: '{path} 不是 muster 的备份，或其开头已损坏',
    },
    remedy: {
      en: 'backups are in /var/lib/muster/backups on the coordinator and in /var/lib/muster-agent/backups on other hosts',
      zh: '备份位于协调器的 /var/lib/muster/backups 和其他主机的 /var/lib/muster-agent/backups',
    },
  },
  'backup-damaged': {
    exit: exitCode.badInput,
    message: { en: 'the backup is damaged: {seen}', zh: '备份已损坏：{seen}' },
    remedy: {
      en: 'use another backup: ls -l /var/lib/muster/backups',
      zh: '请使用其他备份：ls -l /var/lib/muster/backups',
    },
  },
  'backup-locked': {
    exit: exitCode.notPermitted,
    message: {
      en: 'this {secret} does not open the backup, or the file is damaged',
      zh: '该{secret}无法打开备份，或文件已损坏',
    },
    remedy: {
      en: 'use the {secret} that was valid when the backup was created, or another backup',
      zh: '请使用创建备份时有效的{secret}，或使用其他备份',
    },
  },
  'state-there': {
    exit: exitCode.cannotCreate,
    message: { en: '{folder} already holds the state of a coordinator', zh: '{folder} 中已有协调器的状态' },
    remedy: {
      en: 'muster restore --replace FILE   # moves it aside first',
      zh: 'muster restore --replace FILE   # 会先将其移开',
    },
  },
  'copy-unknown': {
    status: 404,
    message: { en: 'no such backup copy for this host', zh: '该主机没有此备份副本' },
  },
  'copy-damaged': {
    status: 503,
    message: {
      en: 'the checksum of the received backup copy {name} does not match',
      zh: '收到的备份副本 {name} 的校验和不匹配',
    },
  },
});
