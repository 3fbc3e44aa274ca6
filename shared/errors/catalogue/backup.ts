import { defineErrors } from '../definition.ts';
import { exitCode } from '../exit-codes.ts';

/** Backups of the coordinator and their keys. */
export const backupErrors = defineErrors({
  'nothing-to-restore': {
    message: {
      en: '{seen}; required: a reachable control plane that holds the cluster, with a running etcd or a backup',
      zh: '{seen}；要求：可联系的控制平面，持有集群，且 etcd 正在运行或有备份',
    },
    remedy: 'muster status',
    status: 409,
  },
  'etcd-restored-by-site': {
    status: 409,
    message: {
      en: 'the cluster’s etcd is external (etcd.external in the plan): muster backs it up and does not restore it',
      zh: '集群使用外部 etcd（计划中的 etcd.external）：muster 会备份它，但不会恢复它',
    },
    remedy: {
      en: 'stop etcd and restore it on its own hosts: etcdutl snapshot restore SNAPSHOT --data-dir DIR (before etcd 3.5: etcdctl); a snapshot is on each control plane in /var/lib/muster-agent/cluster-backups/NAME/snapshot.db; then restart the API server and the kubelet on each control plane: sudo crictl stop $(sudo crictl ps -q --name kube-apiserver) && sudo systemctl restart kubelet',
      zh: '在 etcd 自己的主机上停止 etcd 并恢复：etcdutl snapshot restore SNAPSHOT --data-dir DIR（etcd 3.5 之前：etcdctl）；每个控制平面的 /var/lib/muster-agent/cluster-backups/NAME/snapshot.db 中有快照；然后在每个控制平面上重启 API 服务器和 kubelet：sudo crictl stop $(sudo crictl ps -q --name kube-apiserver) && sudo systemctl restart kubelet',
    },
  },
  'cluster-backup-failed': {
    message: { en: 'the cluster was not backed up: {reason}', zh: '集群未备份：{reason}' },
    remedy: 'muster status',
  },
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
  'backup-outdated': {
    exit: exitCode.badInput,
    message: { en: '{path} was made by an earlier build of muster', zh: '{path} 由较早的 muster 版本创建' },
    remedy: {
      en: 'restore it with the build that made it, update that coordinator, then: muster backup',
      zh: '请用创建它的版本恢复，升级该协调器，然后运行：muster backup',
    },
  },
  'backup-unencrypted': {
    exit: exitCode.notPermitted,
    message: {
      en: '{path} is not encrypted, so its origin cannot be verified',
      zh: '{path} 未加密，无法验证其来源',
    },
    remedy: {
      en: 'if no one else could write the file: muster restore --unencrypted FILE',
      zh: '若确定没有其他人能写入该文件：muster restore --unencrypted FILE',
    },
  },
  'backup-unsigned': {
    exit: exitCode.notPermitted,
    message: {
      en: '{path} has no signature: it was made by an earlier build, or by someone else',
      zh: '{path} 没有签名：由较早的版本或他人创建',
    },
    remedy: {
      en: 'use another copy; if you trust this one: apt-get install -y age && age -d -i KEY-FILE -o backup.tar.gz FILE && muster restore --unencrypted backup.tar.gz',
      zh: '请使用其他副本；若信任此副本：apt-get install -y age && age -d -i KEY-FILE -o backup.tar.gz FILE && muster restore --unencrypted backup.tar.gz',
    },
  },
  'backup-forged': {
    exit: exitCode.notPermitted,
    message: {
      en: '{path} was not made by the coordinator of this recovery key: its signature does not match',
      zh: '{path} 并非由该恢复密钥所属的协调器创建：签名不匹配',
    },
    remedy: {
      en: 'use another copy; find out who could write this one',
      zh: '请使用其他副本，并查明谁能写入此副本',
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
  'copy-in-progress': {
    status: 503,
    retryAfter: 60,
    message: { en: 'another backup of the cluster is being received', zh: '正在接收集群的另一份备份' },
  },
  'copy-damaged': {
    status: 503,
    message: {
      en: 'the checksum of the received backup copy {name} does not match',
      zh: '收到的备份副本 {name} 的校验和不匹配',
    },
  },
});
