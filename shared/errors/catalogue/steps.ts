import { defineErrors } from '../definition.ts';

const nextTry = {
  en: 'muster cleans up and tries again; on this host: journalctl -u kubelet -n 50',
  zh: 'muster 会清理并重试；在该主机上：journalctl -u kubelet -n 50',
} as const;

/** Steps that cannot be applied on a host. */
export const stepErrors = defineErrors({
  'coordinator-of-another-cluster': {
    message: {
      en: '{path} differs from {trusted}: a coordinator of another cluster is installed on this host',
      zh: '{path} 与 {trusted} 不同：该主机上安装了另一个集群的协调器',
    },
    remedy: {
      en: 'if it is no longer needed: systemctl disable --now muster-coordinator; mv /var/lib/muster /var/lib/muster.old',
      zh: '若不再需要：systemctl disable --now muster-coordinator; mv /var/lib/muster /var/lib/muster.old',
    },
  },
  'coordinator-keys-invalid': {
    message: {
      en: 'the keys that the coordinator sent do not belong to the CA that this host trusts',
      zh: '协调器发送的密钥不属于该主机信任的 CA',
    },
    remedy: {
      en: 'check the coordinator on its host: journalctl -u muster-coordinator',
      zh: '请在协调器主机上检查：journalctl -u muster-coordinator',
    },
  },
  'coordinator-setup-failed': {
    message: { en: 'the coordinator could not be installed: {reason}', zh: '无法安装协调器：{reason}' },
    remedy: 'journalctl -u muster-coordinator-install -n 50',
  },
  'step-without-effect': {
    message: { en: 'Applied, but the check still fails: {seen}', zh: '已执行，但检查仍未通过：{seen}' },
    remedy: {
      en: 'muster tries again automatically; see the output of the step for the reason',
      zh: 'muster 会自动重试；原因见该步骤的输出',
    },
  },
  'program-failed': { message: { en: '{command}: {reason}', zh: '{command}：{reason}' }, remedy: '{fix}' },
  'manifest-other-range': {
    message: {
      en: '{plugin} in {manifest} gives pods addresses of {range}, and network.podSubnet of the plan is {podSubnet}',
      zh: '{manifest} 中的 {plugin} 为 Pod 分配 {range} 的地址，而计划的 network.podSubnet 为 {podSubnet}',
    },
    remedy: {
      en: 'change the range in a copy of the manifest next to the plan (network.plugin.manifest: FILE)',
      zh: '在计划旁的清单副本中修改该范围（network.plugin.manifest: 文件）',
    },
  },
  'download-failed': {
    message: { en: 'cannot download {url}: {reason}', zh: '无法下载 {url}：{reason}' },
    remedy: '{fix}',
  },
  'packages-failed': {
    message: { en: 'installing packages failed: {reason}', zh: '安装软件包失败：{reason}' },
    remedy: { en: 'on this host: {repair}', zh: '在该主机上：{repair}' },
  },
  'package-source-failed': {
    message: { en: 'the planned package source cannot be used: {reason}', zh: '计划中的软件源无法使用：{reason}' },
    remedy: {
      en: 'muster tries again; if it persists, set another source in kubernetes.packages of the plan',
      zh: 'muster 会重试；若持续出现，请在计划的 kubernetes.packages 中设置其他软件源',
    },
  },
  'package-lock-held': {
    message: {
      en: 'process {pid} ({name}) has held the lock of apt or dpkg for {minutes} minutes',
      zh: '进程 {pid}（{name}）占用 apt 或 dpkg 的锁已达 {minutes} 分钟',
    },
    remedy: {
      en: 'muster tries again; if the process hangs, stop it on this host: kill {pid}',
      zh: 'muster 会重试；若该进程卡住，在该主机上将其停止：kill {pid}',
    },
  },
  'version-unavailable': {
    message: {
      en: '{url} does not offer kubeadm, kubelet and kubectl {version}; it offers {offered}',
      zh: '{url} 不提供 {version} 版本的 kubeadm、kubelet 和 kubectl；提供的版本：{offered}',
    },
    remedy: {
      en: 'set kubernetes.version or kubernetes.packages in the plan to a version and a package source that has it',
      zh: '请在计划中将 kubernetes.version 或 kubernetes.packages 改为可用的版本和提供该版本的软件源',
    },
  },
  'package-unavailable': {
    message: {
      en: 'no package source of this host offers {name} {version}; they offer {offered}',
      zh: '该主机的软件源均不提供 {name} {version}；提供的版本：{offered}',
    },
    remedy: {
      en: 'set runtime.version in the plan to an offered version, or runtime.packages to a source that has it',
      zh: '请在计划中将 runtime.version 设为所提供的版本，或将 runtime.packages 设为有该版本的软件源',
    },
  },
  'package-pinned': {
    message: {
      en: 'the preferences of apt on this host exclude every version of {name} (negative Pin-Priority)',
      zh: '该主机上 apt 的首选项排除了 {name} 的所有版本（Pin-Priority 为负）',
    },
    remedy: 'apt-cache policy {name}; grep -rn Pin-Priority /etc/apt/preferences /etc/apt/preferences.d',
  },
  'package-unsuitable': {
    message: {
      en: '{name} {version} cannot be used with Kubernetes {kubernetes}; required: {required}. {reason}',
      zh: '{name} {version} 不能用于 Kubernetes {kubernetes}；要求：{required}。{reason}',
    },
    remedy: '{fix}',
  },
  'download-mismatch': {
    message: {
      en: 'the SHA-256 of {url} is {seen}; the plan requires {needed}',
      zh: '{url} 的 SHA-256 为 {seen}，而计划要求 {needed}',
    },
    remedy: {
      en: 'check where the file comes from; correct runtime.criDockerd in the plan only if it is the right one',
      zh: '请检查该文件的来源；仅当文件正确时才更正计划中的 runtime.criDockerd',
    },
  },
  'key-mismatch': {
    message: {
      en: 'the SHA-256 of {from} is {seen}; the plan requires {needed}',
      zh: '{from} 的 SHA-256 为 {seen}，而计划要求 {needed}',
    },
    remedy: {
      en: 'find out who changed the key before you change the plan: its owner decides what is installed',
      zh: '更改计划之前请查明是谁更换了密钥：持有密钥者决定安装的内容',
    },
  },
  'manifest-mismatch': {
    message: {
      en: 'the SHA-256 of {url} is {seen}; the plan requires {needed}',
      zh: '{url} 的 SHA-256 为 {seen}，而计划要求 {needed}',
    },
    remedy: {
      en: 'find out who changed the manifest before you change network.plugin.sha256 in the plan',
      zh: '更改计划中的 network.plugin.sha256 之前，请查明是谁更改了清单',
    },
  },
  'key-unreadable': {
    message: { en: '{from} is not an OpenPGP public key', zh: '{from} 不是 OpenPGP 公钥' },
    remedy: '{fix}',
  },
  'image-unavailable': {
    message: { en: 'cannot pull {image}: {reason}', zh: '无法拉取 {image}：{reason}' },
    remedy: {
      en: 'set kubernetes.imageRepository or runtime.registryMirrors in the plan to a registry that this host reaches',
      zh: '请在计划中将 kubernetes.imageRepository 或 runtime.registryMirrors 设为该主机可以访问的镜像仓库',
    },
  },
  'module-missing': {
    message: { en: 'kernel {kernel} has no module {name}: {reason}', zh: '内核 {kernel} 没有模块 {name}：{reason}' },
    remedy: {
      en: '{install}, or boot a kernel with {name}',
      zh: '{install}，或启动带有 {name} 的内核',
    },
  },
  'daemon-json-invalid': {
    message: { en: 'cannot use {path}: {reason}', zh: '无法使用 {path}：{reason}' },
    remedy: { en: 'correct or remove {path} on this host', zh: '请在该主机上更正或删除 {path}' },
  },
  'containerd-config-invalid': {
    message: { en: 'cannot use {path}: {reason}', zh: '无法使用 {path}：{reason}' },
    remedy: { en: 'correct or remove {path} on this host', zh: '请在该主机上更正或删除 {path}' },
  },
  'no-restorecon': {
    message: {
      en: 'SELinux is enabled, but restorecon is not installed',
      zh: 'SELinux 已启用，但未安装 restorecon',
    },
    remedy: {
      en: '{install}, or set selinux: permissive in the plan',
      zh: '{install}，或在计划中设置 selinux: permissive',
    },
  },
  'kubeadm-init-failed': {
    message: { en: 'kubeadm init {end}: {reason}', zh: 'kubeadm init {end}：{reason}' },
    remedy: nextTry,
  },
  'kubeadm-join-failed': {
    message: { en: 'kubeadm join {end}: {reason}', zh: 'kubeadm join {end}：{reason}' },
    remedy: nextTry,
  },
  'kubeadm-reset-failed': {
    message: { en: 'kubeadm reset {end}: {reason}', zh: 'kubeadm reset {end}：{reason}' },
    remedy: nextTry,
  },
  'cluster-changed': {
    message: {
      en: 'the join credential is for another cluster than this host is assigned to',
      zh: '该加入凭据对应的集群与该主机被分配到的集群不同',
    },
    remedy: {
      en: 'no action needed unless it persists: the next assignment names the new cluster',
      zh: '除非持续出现，否则无需操作：下一次分配会指明新的集群',
    },
  },
  'cluster-kept': {
    message: {
      en: 'a cluster was created on this host (API server and etcd); muster does not delete it',
      zh: '该主机上创建了集群（API 服务器和 etcd），muster 不会删除它',
    },
    remedy: '{fix}',
  },
  'record-unreadable': {
    message: {
      en: 'cannot read {path}, so it is unknown whether this host holds a cluster',
      zh: '无法读取 {path}，因此无法得知该主机是否持有集群',
    },
    remedy: {
      en: 'if the cluster of this host works or is permanently lost, on this host: rm {path}',
      zh: '若该主机的集群正常或已彻底丢失，在该主机上：rm {path}',
    },
  },
  'still-mounted': {
    message: {
      en: '{path} is still mounted; nothing is deleted there',
      zh: '{path} 仍处于挂载状态，不会删除其中的内容',
    },
    remedy: {
      en: 'on this host: umount {path}   # what uses it: ls -l /proc/[0-9]*/cwd /proc/[0-9]*/fd 2>/dev/null | grep {path}',
      zh: '在该主机上：umount {path}   # 查看占用者：ls -l /proc/[0-9]*/cwd /proc/[0-9]*/fd 2>/dev/null | grep {path}',
    },
  },
  'no-admin-conf': {
    message: {
      en: '{path} does not exist: this host runs no control plane',
      zh: '{path} 不存在：该主机没有运行控制平面',
    },
    remedy: { en: 'the step kubeadm-init creates it', zh: '该文件由步骤 kubeadm-init 创建' },
  },
  'certificate-not-issued': {
    message: {
      en: 'kubeadm did not issue the API server’s certificate; the present one is kept',
      zh: 'kubeadm 未签发 API 服务器的证书；保留现有证书',
    },
    remedy: {
      en: 'check that /etc/kubernetes/pki contains ca.crt and ca.key',
      zh: '检查 /etc/kubernetes/pki 中是否有 ca.crt 和 ca.key',
    },
  },
});
