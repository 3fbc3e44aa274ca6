import type { StepId } from '../steps/catalogue.ts';
import type { LocalText } from '../text/local-text.ts';

const activities: Record<StepId, LocalText> = {
  'host-name': { en: 'setting its host name', zh: '设置主机名' },
  'hosts-file': { en: 'writing /etc/hosts', zh: '写入 /etc/hosts' },
  swap: { en: 'turning swap off', zh: '关闭交换分区' },
  'kernel-modules': { en: 'loading kernel modules', zh: '加载内核模块' },
  sysctls: { en: 'setting sysctls', zh: '设置 sysctl' },
  selinux: { en: 'setting up SELinux', zh: '设置 SELinux' },
  firewall: { en: 'opening the firewall', zh: '开放防火墙' },
  'network-manager': { en: 'setting up NetworkManager', zh: '设置 NetworkManager' },
  'time-daemon': { en: 'enabling the time daemon', zh: '启用时间同步服务' },
  journal: { en: 'limiting the journal', zh: '限制日志大小' },
  'package-source': { en: 'adding the package source', zh: '添加软件源' },
  'runtime-config': { en: 'configuring the container runtime', zh: '配置容器运行时' },
  'service-limits': { en: 'raising the limits of services', zh: '提高服务的限制' },
  proxy: { en: 'setting up the proxy', zh: '设置代理' },
  'kubelet-environment': { en: 'configuring the kubelet', zh: '配置 kubelet' },
  packages: { en: 'installing packages', zh: '安装软件包' },
  runtime: { en: 'starting the container runtime', zh: '启动容器运行时' },
  'kubelet-enabled': { en: 'enabling the kubelet', zh: '启用 kubelet' },
  images: { en: 'pulling images', zh: '拉取镜像' },
  'kubeadm-init': { en: 'creating the cluster', zh: '创建集群' },
  'admin-conf': { en: 'giving root admin.conf', zh: '为 root 放置 admin.conf' },
  approval: { en: 'taking over the approval of nodes', zh: '接管节点的批准' },
  'network-plugin': { en: 'applying the network plugin', zh: '部署网络插件' },
  'kubeadm-join': { en: 'joining the cluster', zh: '加入集群' },
  'labels-and-taints': { en: 'waiting for its labels and taints', zh: '等待其标签和污点' },
  'node-ready': { en: 'waiting for its node to be Ready', zh: '等待其节点 Ready' },
};

/** What a host is doing in that step, to follow "node02 is". */
export function activity(step: StepId): LocalText {
  const { en, zh } = activities[step];
  return { en, zh: `正在${zh}` };
}

/** That the step has failed, `often` times. */
export function failure(step: StepId, often: number): LocalText {
  const { en, zh } = activities[step];
  return often > 1
    ? { en: `${en} failed (${often} times)`, zh: `${zh}时失败（${often} 次）` }
    : { en: `${en} failed`, zh: `${zh}时失败` };
}
