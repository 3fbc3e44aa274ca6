import { anywhere, kubelet, runtime } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** The network plugin and what an earlier one has left. */
export const network: readonly Failure[] = [
  {
    id: 'cni-stale-bridge',
    title: { en: 'A bridge of an earlier cluster is in the way', zh: '残留的网桥造成冲突' },
    cause: {
      en: '{bridge} still has an address of an earlier pod subnet, so no pod gets a network.',
      zh: '{bridge} 仍带有之前 Pod 网段的地址，Pod 无法获得网络。',
    },
    remedy: { en: 'Delete it; the network plugin makes it anew.', zh: '请删除它；网络插件会重新创建。' },
    command:
      'ip link delete {bridge}; ip link delete flannel.1 2>/dev/null; rm -rf /var/lib/cni/*; systemctl restart kubelet',
    where: 'host',
    clues: [anywhere(/"?(?<bridge>\w+\d)\W* already has an IP address different from/)],
  },
  {
    id: 'cni-stale-plugin',
    title: { en: 'A network plugin that is gone is still configured', zh: '仍配置着已移除的网络插件' },
    cause: {
      en: 'Pods can’t start: a configuration below /etc/cni/net.d names a network plugin ({plugin}) that is not on this host. kubeadm reset keeps that folder.',
      zh: 'Pod 无法启动：/etc/cni/net.d 下的配置引用了该主机上不存在的网络插件（{plugin}）。kubeadm reset 会保留该目录。',
    },
    remedy: {
      en: 'Move the stale file away and restart the runtime. The command moves every file that names it.',
      zh: '请移走过期文件并重启运行时。该命令会移走所有引用它的文件。',
    },
    command:
      'mkdir -p /root/cni-stale && grep -l \'"{plugin}"\' /etc/cni/net.d/* | xargs -r mv -t /root/cni-stale && systemctl restart {runtime}',
    where: 'host',
    clues: [
      anywhere(/failed to find plugin \W*(?<plugin>[\w.-]+?)\W* in path/),
      anywhere(/plugin type=\W*(?<plugin>[\w.-]+?)\W+ [^\n]*(?:no such file|connect: connection refused|dial unix)/),
    ],
  },
  {
    id: 'cni-config-broken',
    title: { en: 'A CNI configuration can’t be read', zh: 'CNI 配置无法解析' },
    cause: {
      en: 'The runtime can’t read {file} in /etc/cni/net.d, and the node has no network until it can.',
      zh: '运行时无法解析 /etc/cni/net.d 中的 {file}，在此之前节点没有网络。',
    },
    remedy: {
      en: 'Move the file away; the network plugin writes its own.',
      zh: '请移走该文件；网络插件会写入自己的配置。',
    },
    command: 'mkdir -p /root/cni-stale && mv {file} /root/cni-stale/ && systemctl restart {runtime}',
    where: 'host',
    clues: [
      anywhere(
        /(?:error|failed to) (?:load|pars)(?:e|ing)? (?:CNI )?config(?:uration)?(?: list)?(?: file)? (?<file>\/etc\/cni\/net\.d\/[\w.-]+)/i,
      ),
      anywhere(
        /(?<file>\/etc\/cni\/net\.d\/[\w.-]+): [^\n]*(?:error parsing configuration|invalid character|unexpected end of JSON)/,
      ),
    ],
  },
  {
    id: 'iptables-unusable',
    title: { en: 'iptables does not work', zh: 'iptables 不可用' },
    cause: {
      en: 'The kernel or the legacy/nft mix of this host does not let rules be written.',
      zh: '该主机的内核或 legacy/nft 混用导致无法写入 iptables 规则。',
    },
    remedy: {
      en: 'Use one variant for all: the command chooses nft.',
      zh: '请统一使用一种实现：该命令选择 nft。',
    },
    command: 'update-alternatives --set iptables /usr/sbin/iptables-nft && systemctl restart {runtime} kubelet',
    where: 'host',
    clues: [
      anywhere(
        /iptables(?:-restore)?\W[^\n]*(?:can't initialize iptables table|Table does not exist|incompatible, use 'nft' tool)/,
      ),
      anywhere(/error creating default \W*bridge\W* network: [^\n]*iptables/),
    ],
  },
  {
    id: 'pod-range-missing',
    title: { en: 'The node got no pod range', zh: '节点未分配 Pod 网段' },
    cause: {
      en: 'The controller-manager gave this node no range of pod addresses: the pod subnet is used up, or it does not allocate any.',
      zh: 'controller-manager 未给该节点分配 Pod 网段：Pod 子网已用尽，或未启用分配。',
    },
    remedy: {
      en: 'Take nodes that are gone out of the cluster, or plan a larger podSubnet (for a new cluster).',
      zh: '请从集群中删除已失效的节点，或（为新集群）规划更大的 podSubnet。',
    },
    command:
      'kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes -o custom-columns=NAME:.metadata.name,RANGE:.spec.podCIDR',
    where: 'control-plane',
    clues: [anywhere(/pod cidr not assigned|CIDRNotAvailable|no remaining CIDRs left to allocate/i)],
  },
  {
    id: 'network-plugin-missing',
    title: { en: 'The network plugin is not there yet', zh: '网络插件尚未就绪' },
    cause: {
      en: 'No network plugin has configured this node: its pod has not started here, or was never applied.',
      zh: '该节点尚未由网络插件配置：其 Pod 未在此启动，或从未部署。',
    },
    remedy: {
      en: 'A node waits for it for its first minute. If it lasts, see how the plugin’s pods fare.',
      zh: '节点最初一分钟内等待属于正常现象。如果持续，请检查网络插件的 Pod。',
    },
    command: 'kubectl --kubeconfig /etc/kubernetes/admin.conf get pods -A -o wide',
    where: 'control-plane',
    symptom: true,
    clues: [
      kubelet(/NetworkPluginNotReady|cni config uninitialized|cni plugin not initialized|network plugin is not ready/),
      runtime(/no network config found in \/etc\/cni\/net\.d/),
    ],
  },
];
