import type { Role } from '../plan/schema.ts';
import type { LocalText } from '../text/local-text.ts';

/** Whose Kubernetes node the step is for. */
type For = 'all' | 'init' | 'join';

interface CatalogueEntry {
  id: string;
  title: LocalText;
  for: For;
}

/**
 * What happens on a host, in this order: the tutorial's table of contents. A step that waits for something outside the
 * host ends the round there; everything before it has been done by then.
 */
export const catalogue = [
  { id: 'host-name', title: { en: 'Set the host name', zh: '设置主机名' }, for: 'all' },
  {
    id: 'hosts-file',
    title: { en: 'Write all hosts and the endpoint to /etc/hosts', zh: '将所有主机和端点写入 /etc/hosts' },
    for: 'all',
  },
  {
    id: 'swap',
    title: { en: 'Turn swap off, now and at boot', zh: '立即关闭交换分区，启动时也不再开启' },
    for: 'all',
  },
  {
    id: 'kernel-modules',
    title: { en: 'Load overlay and br_netfilter', zh: '加载 overlay 和 br_netfilter' },
    for: 'all',
  },
  {
    id: 'sysctls',
    title: { en: 'Let bridged traffic pass iptables, and forward IPv4', zh: '让桥接流量经过 iptables，并转发 IPv4' },
    for: 'all',
  },
  { id: 'selinux', title: { en: 'Let containers work under SELinux', zh: '让容器在 SELinux 下工作' }, for: 'all' },
  { id: 'firewall', title: { en: 'Open the firewall for the cluster', zh: '为集群开放防火墙' }, for: 'all' },
  {
    id: 'network-manager',
    title: { en: 'Keep NetworkManager off the interfaces of pods', zh: '让 NetworkManager 不管理 Pod 的网络接口' },
    for: 'all',
  },
  {
    id: 'time-daemon',
    title: {
      en: 'Keep the clock right with the time daemon that is installed',
      zh: '用已安装的时间同步服务保持时钟准确',
    },
    for: 'all',
  },
  { id: 'journal', title: { en: 'Limit the journal’s size', zh: '限制系统日志的大小' }, for: 'all' },
  {
    id: 'package-source',
    title: { en: 'Add the Kubernetes package source and its key', zh: '添加 Kubernetes 软件源及其密钥' },
    for: 'all',
  },
  { id: 'runtime-config', title: { en: 'Configure the container runtime', zh: '配置容器运行时' }, for: 'all' },
  {
    id: 'service-limits',
    title: { en: 'Let the runtime and the kubelet open enough files', zh: '让运行时和 kubelet 能打开足够多的文件' },
    for: 'all',
  },
  {
    id: 'proxy',
    title: { en: 'Lead the runtime and the kubelet through the proxy', zh: '让运行时和 kubelet 使用代理' },
    for: 'all',
  },
  {
    id: 'kubelet-environment',
    title: { en: 'Configure the kubelet’s environment', zh: '配置 kubelet 的环境' },
    for: 'all',
  },
  {
    id: 'packages',
    title: {
      en: 'Install and hold the runtime, kubeadm, kubelet and kubectl',
      zh: '安装并锁定运行时、kubeadm、kubelet 和 kubectl',
    },
    for: 'all',
  },
  {
    id: 'runtime',
    title: { en: 'Run the container runtime with that configuration', zh: '以该配置运行容器运行时' },
    for: 'all',
  },
  { id: 'kubelet-enabled', title: { en: 'Enable the kubelet', zh: '启用 kubelet' }, for: 'all' },
  { id: 'images', title: { en: 'Pull the images that this node needs', zh: '拉取此节点所需的镜像' }, for: 'all' },
  {
    id: 'kubeadm-init',
    title: { en: 'Create the cluster with kubeadm init', zh: '用 kubeadm init 创建集群' },
    for: 'init',
  },
  {
    id: 'admin-conf',
    title: { en: 'Give root the cluster’s admin.conf', zh: '把集群的 admin.conf 交给 root' },
    for: 'init',
  },
  {
    id: 'approval',
    title: { en: 'Leave the approval of new nodes to muster', zh: '由 muster 批准新节点' },
    for: 'init',
  },
  { id: 'network-plugin', title: { en: 'Apply the network plugin', zh: '部署网络插件' }, for: 'init' },
  {
    id: 'kubeadm-join',
    title: { en: 'Join the cluster with kubeadm join', zh: '用 kubeadm join 加入集群' },
    for: 'join',
  },
  {
    id: 'labels-and-taints',
    title: { en: 'Carry the planned labels and taints', zh: '带上计划中的标签和污点' },
    for: 'all',
  },
  { id: 'node-ready', title: { en: 'See the node Ready', zh: '确认节点 Ready' }, for: 'all' },
] as const satisfies readonly CatalogueEntry[];

export type StepId = (typeof catalogue)[number]['id'];

export const stepIds = catalogue.map((entry) => entry.id) as [StepId, ...StepId[]];

export const stepTitle = Object.fromEntries(catalogue.map(({ id, title }) => [id, title])) as Record<StepId, LocalText>;

/** The steps of a host, in order. */
export function stepsOf(bootstrap: 'init' | 'join'): readonly { id: StepId; title: LocalText }[] {
  return catalogue.filter((entry) => entry.for === 'all' || entry.for === bootstrap);
}

export const roleTitle: Record<Role, LocalText> = {
  'control-plane': { en: 'control plane', zh: '控制平面' },
  worker: { en: 'worker', zh: '工作节点' },
};
