import { defineErrors } from '../definition.ts';

/** The agent's requests to etcd. */
export const etcdErrors = defineErrors({
  'etcd-unreachable': {
    message: { en: 'etcd does not answer on {url}: {reason}', zh: 'etcd 在 {url} 上无应答：{reason}' },
  },
  'etcd-refused': {
    message: { en: 'etcd on {url} refused {path}: {reason}', zh: '{url} 上的 etcd 拒绝了 {path}：{reason}' },
  },
  'etcd-no-quorum': {
    message: {
      en: 'etcd on {url} has no quorum: {reason}; required: a majority of the members is running',
      zh: '{url} 上的 etcd 没有法定人数：{reason}；要求：多数成员正在运行',
    },
  },
  'etcd-answer-invalid': {
    message: {
      en: 'unexpected answer of etcd on {url} to {path}: {reason}',
      zh: '{url} 上的 etcd 对 {path} 的应答异常：{reason}',
    },
  },
  'etcd-snapshot-damaged': {
    message: {
      en: 'the snapshot of etcd is damaged: {reason}; required: complete, with its own checksum',
      zh: 'etcd 快照已损坏：{reason}；要求：内容完整且校验和一致',
    },
  },
  'etcd-manifest-invalid': {
    message: {
      en: '{path} does not describe a member of etcd; required: a container with --name, --data-dir and --initial-advertise-peer-urls',
      zh: '{path} 未描述 etcd 成员；要求：容器带有 --name、--data-dir 和 --initial-advertise-peer-urls',
    },
  },
  'etcd-restore-failed': {
    message: { en: '{snapshot} could not be restored: {reason}', zh: '无法恢复 {snapshot}：{reason}' },
  },
  'no-etcd-member': {
    message: {
      en: 'this host has no member of etcd (no {path})',
      zh: '该主机没有 etcd 成员（没有 {path}）',
    },
  },
  'etcd-data-replaced': {
    status: 409,
    message: {
      en: 'etcd’s data was replaced: kube-system has the UID “{found}”; recorded: “{recorded}”; no backup of the cluster is made or removed',
      zh: 'etcd 的数据已被替换：kube-system 的 UID 为“{found}”；记录的 UID 为“{recorded}”；不创建也不删除集群的备份',
    },
    remedy: 'sudo muster recover --from-backup',
  },
  'cluster-backup-damaged': {
    message: { en: '{path} differs from its manifest', zh: '{path} 与其清单不一致' },
    remedy: {
      en: 'move the folder of that backup elsewhere; the next older backup is then used',
      zh: '将该备份的目录移走；之后会使用更早的一个备份',
    },
  },
  'cluster-backup-foreign': {
    message: {
      en: '{path} is a backup of another cluster: its pki/ca.crt differs from /etc/kubernetes/pki/ca.crt',
      zh: '{path} 是另一个集群的备份：其 pki/ca.crt 与 /etc/kubernetes/pki/ca.crt 不同',
    },
    remedy: {
      en: 'move the folder of that backup elsewhere; the next older backup is then used',
      zh: '将该备份的目录移走；之后会使用更早的一个备份',
    },
  },
  'cluster-backup-differs': {
    message: {
      en: 'the restored etcd differs from the backup at revision {revision}: {found} keys; required: the same {keys}',
      zh: '恢复出的 etcd 在修订号 {revision} 处与备份不一致：{found} 个键；要求：同样的 {keys} 个键',
    },
  },
  'cluster-backup-no-space': {
    message: {
      en: '{free} free in {folder}; required for a backup of the cluster: {needed}',
      zh: '{folder} 中剩余 {free}；备份集群需要：{needed}',
    },
  },
  'no-etcd-certificate': {
    message: {
      en: 'this host has no client certificate for etcd: /etc/kubernetes/pki/etcd/healthcheck-client.crt',
      zh: '该主机没有 etcd 的客户端证书：/etc/kubernetes/pki/etcd/healthcheck-client.crt',
    },
  },
  'etcd-holds-cluster': {
    status: 409,
    message: {
      en: 'etcd at {url} holds a cluster below {prefix} whose CA this host does not have: kubeadm init would damage it',
      zh: '{url} 上的 etcd 在 {prefix} 下存有一个集群，而该主机没有其 CA：kubeadm init 会破坏它',
    },
    remedy: {
      en: 'to keep the data, copy the cluster’s PKI to /etc/kubernetes/pki and run kubeadm init on this host manually; to discard the data, run: {command}',
      zh: '若要保留数据，将该集群的 PKI 复制到 /etc/kubernetes/pki 并在该主机上手动运行 kubeadm init；若要丢弃数据，运行：{command}',
    },
  },
  'etcd-client-files-missing': {
    message: {
      en: 'a client file of the external etcd is missing on this host; required: {files}',
      zh: '该主机缺少外部 etcd 的客户端文件；要求：{files}',
    },
    remedy: {
      en: 'copy the CA certificate, the client certificate and its key to these paths on this host',
      zh: '将 CA 证书、客户端证书及其密钥复制到该主机的上述路径',
    },
  },
  'etcd-member-alive': {
    status: 409,
    message: {
      en: 'etcd still answers at {url}: the member of {host} is not removed',
      zh: 'etcd 在 {url} 上仍有应答：不移除 {host} 的成员',
    },
    remedy: 'muster explain {host}',
  },
  'etcd-member-of-another': {
    status: 409,
    message: {
      en: 'the etcd member at {url} may belong to another control plane than {host}: it is not removed',
      zh: '{url} 上的 etcd 成员可能属于 {host} 之外的其他控制平面：不移除',
    },
    remedy: {
      en: 'correct the addresses of the control planes in cluster.yaml; the removal is then tried again',
      zh: '修正 cluster.yaml 中各控制平面的地址；随后会重试移除',
    },
  },
  'etcd-quorum-at-risk': {
    status: 409,
    message: {
      en: 'etcd could lose its majority: {healthy} of {voters} members answer; required: {needed}',
      zh: 'etcd 可能失去多数：{voters} 个成员中有 {healthy} 个应答；要求：{needed} 个',
    },
    remedy: {
      en: 'start the other control planes; the join or removal continues once their etcd answers',
      zh: '启动其他控制平面；其 etcd 有应答后，加入或移除会自动继续',
    },
  },
  'etcd-has-quorum': {
    message: {
      en: 'etcd on this host has a leader; a cluster with quorum is not restored',
      zh: '该主机的 etcd 有 leader；有法定人数的集群不会被恢复',
    },
  },
  'etcd-quorum-elsewhere': {
    message: {
      en: 'etcd on {hosts} has a leader; a cluster with quorum is not restored',
      zh: '{hosts} 上的 etcd 有 leader；有法定人数的集群不会被恢复',
    },
    remedy: {
      en: 'if etcd’s data was already moved on this host: move member from /var/lib/etcd-before-ID back to /var/lib/etcd, then the manifests from /etc/kubernetes/manifests-aside-ID to /etc/kubernetes/manifests',
      zh: '如果该主机上 etcd 的数据已被移动：将 member 从 /var/lib/etcd-before-ID 移回 /var/lib/etcd，再将清单从 /etc/kubernetes/manifests-aside-ID 移回 /etc/kubernetes/manifests',
    },
  },
  'recovery-unsigned': {
    message: {
      en: 'the signed plan does not allow removing every control plane but {host} from etcd, which this restore does',
      zh: '已签名的计划不允许将 {host} 之外的所有控制平面从 etcd 中移除，而此次恢复会这样做',
    },
    remedy: {
      en: 'sign the plan with: muster plan sign --allow-removal, naming the other control planes',
      zh: '运行 muster plan sign --allow-removal 并列出其他控制平面，对计划签名',
    },
  },
  'etcd-membership-unknown': {
    message: {
      en: 'fewer than a majority of the other control planes’ etcd members answer; this host keeps its data until they report that it is not a member',
      zh: '其他控制平面的 etcd 没有多数应答；在它们报告该主机不是成员之前，该主机保留其数据',
    },
    remedy: {
      en: 'start the other control planes; the agent continues once their etcd answers',
      zh: '启动其他控制平面；其 etcd 有应答后代理自动继续',
    },
  },
  'etcd-still-running': {
    message: {
      en: 'still running after {seconds} s: {programs}; required: none, before etcd’s data is moved',
      zh: '{seconds} 秒后仍在运行：{programs}；要求：移动 etcd 数据之前均已停止',
    },
    remedy: 'sudo journalctl -u kubelet -n 50',
  },
  'etcd-data-missing': {
    message: { en: '{path} does not exist; nothing to restore', zh: '{path} 不存在；没有可恢复的内容' },
    remedy: {
      en: 'muster recover with another --host, or with --from-backup',
      zh: '使用其他 --host 或 --from-backup 运行 muster recover',
    },
  },
  'etcd-not-started': {
    message: {
      en: '{what} does not answer after {seconds} s: {reason}',
      zh: '{what} 在 {seconds} 秒后仍无应答：{reason}',
    },
    remedy: 'sudo journalctl -u kubelet -n 50',
  },
  'recovery-key-changed': {
    message: {
      en: 'the coordinator names another recovery key than the one in {path}; required: the same, or an operator removes that file',
      zh: '协调器给出的恢复密钥与 {path} 中的不同；要求：两者相同，或由操作员删除该文件',
    },
    remedy: 'sudo rm {path}',
  },
  'recovery-key-unsigned': {
    message: {
      en: 'no copy for other hosts: the signed plan does not name the recovery key {key}; required: a signature that names the key that muster recovery-key printed',
      zh: '没有为其他主机生成副本：已签名的计划没有指定恢复密钥 {key}；要求：签名中指定 muster recovery-key 打印的密钥',
    },
    remedy: 'muster plan sign --recovery-key KEY /etc/muster/cluster.yaml',
  },
  'cluster-backup-too-large': {
    message: {
      en: 'the packed backup of the cluster has {size} bytes; copies on other hosts have at most {most}',
      zh: '打包后的集群备份有 {size} 字节；其他主机上的副本最多 {most} 字节',
    },
  },
});
