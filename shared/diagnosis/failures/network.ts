import { anywhere, kubelet, runtime } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** The network plugin, and leftovers of an earlier one. */
export const network: readonly Failure[] = [
  {
    id: 'cni-stale-bridge',
    title: { en: 'Bridge of an earlier cluster exists', zh: '存在先前集群的网桥' },
    cause: {
      en: '{bridge} has an address of an earlier pod subnet; no pod gets a network.',
      zh: '{bridge} 带有先前 Pod 子网的地址；Pod 无法获得网络。',
    },
    remedy: { en: 'Delete the bridge; the network plugin creates it again.', zh: '删除该网桥；网络插件会重新创建。' },
    command:
      'ip link delete {bridge}; ip link delete flannel.1 2>/dev/null; rm -rf /var/lib/cni/*; systemctl restart kubelet',
    where: 'host',
    explains: ['container-init-failed', 'network-plugin-missing'],
    clues: [anywhere(/\b(?<bridge>\w{1,14}\d)"? already has an IP address different from/, { pods: 'all' })],
  },
  {
    id: 'cni-stale-plugin',
    title: { en: 'CNI configuration names a missing plugin', zh: 'CNI 配置引用了不存在的插件' },
    cause: {
      en: 'Pods cannot start: a file in /etc/cni/net.d names the network plugin {plugin}, which is not on this host. kubeadm reset keeps that directory.',
      zh: 'Pod 无法启动：/etc/cni/net.d 中的文件引用了该主机上不存在的网络插件 {plugin}。kubeadm reset 会保留该目录。',
    },
    remedy: { en: 'Move the stale files away and restart the runtime.', zh: '移走这些过期文件并重启容器运行时。' },
    command:
      'mkdir -p /root/cni-stale && grep -l \'"{plugin}"\' /etc/cni/net.d/* | xargs -r mv -t /root/cni-stale && systemctl restart {runtime}',
    where: 'host',
    clues: [
      anywhere(/failed to find plugin "?(?<plugin>[\w.-]{1,80})"? in path/, { pods: 'all' }),
      anywhere(
        /plugin type="?(?<plugin>[\w.-]{1,80})"? .{0,400}?(?:no such file|connect: connection refused|dial unix)/,
        {
          pods: 'all',
        },
      ),
    ],
  },
  {
    id: 'cni-config-broken',
    title: { en: 'CNI configuration is invalid', zh: 'CNI 配置无效' },
    cause: {
      en: 'The runtime cannot parse {file} in /etc/cni/net.d; the node has no network.',
      zh: '容器运行时无法解析 /etc/cni/net.d 中的 {file}；节点没有网络。',
    },
    remedy: {
      en: 'Move the file away; the network plugin writes its own.',
      zh: '移走该文件；网络插件会写入自己的配置。',
    },
    command: 'mkdir -p /root/cni-stale && mv {file} /root/cni-stale/ && systemctl restart {runtime}',
    where: 'host',
    clues: [
      anywhere(
        /(?:error|failed to) (?:load|pars)(?:e|ing)? (?:CNI )?config(?:uration)?(?: list)?(?: file)? (?<file>\/etc\/cni\/net\.d\/[\w.-]{1,200})/i,
      ),
      anywhere(
        /(?<file>\/etc\/cni\/net\.d\/[\w.-]{1,200}): .{0,300}?(?:error parsing configuration|invalid character|unexpected end of JSON)/,
      ),
    ],
  },
  {
    id: 'iptables-unusable',
    title: { en: 'iptables does not work', zh: 'iptables 不可用' },
    cause: {
      en: 'Rules cannot be written: the kernel lacks a table, or the legacy and nft backends are mixed.',
      zh: '无法写入规则：内核缺少规则表，或混用了 legacy 与 nft 后端。',
    },
    remedy: {
      en: 'Use one backend for all programs: the command selects nft.',
      zh: '所有程序使用同一后端：该命令选择 nft。',
    },
    command: 'update-alternatives --set iptables /usr/sbin/iptables-nft && systemctl restart {runtime} kubelet',
    where: 'host',
    clues: [
      anywhere(
        /iptables(?:-restore)?\W.{0,300}?(?:can't initialize iptables table|Table does not exist|incompatible, use 'nft' tool)/,
      ),
      anywhere(/error creating default "?bridge"? network: .{0,300}?iptables/),
    ],
  },
  {
    id: 'pod-range-missing',
    title: { en: 'Node has no pod CIDR', zh: '节点没有 Pod CIDR' },
    cause: {
      en: 'kube-controller-manager assigned no pod CIDR to this node: the pod subnet is exhausted, or allocation is off.',
      zh: 'kube-controller-manager 未给该节点分配 Pod CIDR：Pod 子网已耗尽，或未启用分配。',
    },
    remedy: {
      en: 'Delete Nodes that no longer exist, or plan a larger podSubnet for a new cluster.',
      zh: '删除已不存在的 Node，或在新集群的计划中使用更大的 podSubnet。',
    },
    command:
      'kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes -o custom-columns=NAME:.metadata.name,RANGE:.spec.podCIDR',
    where: 'control-plane',
    clues: [anywhere(/pod cidr not assigned|CIDRNotAvailable|no remaining CIDRs left to allocate/i)],
  },
  {
    id: 'network-plugin-missing',
    title: { en: 'Network plugin is not ready', zh: '网络插件未就绪' },
    cause: {
      en: 'No network plugin has configured this node: its pod has not started here, or its manifest was not applied.',
      zh: '该节点尚未由网络插件配置：其 Pod 未在此启动，或未应用其清单。',
    },
    remedy: {
      en: 'If this lasts longer than a minute, check the plugin’s pods.',
      zh: '若超过一分钟，请检查网络插件的 Pod。',
    },
    command: 'kubectl --kubeconfig /etc/kubernetes/admin.conf get pods -A -o wide',
    where: 'control-plane',
    symptom: true,
    clues: [
      kubelet(/NetworkPluginNotReady|cni config uninitialized|cni plugin not initialized|network plugin is not ready/, {
        until: /became ready|NodeReady\b|NetworkReady=true/,
      }),
      runtime(/no network config found in \/etc\/cni\/net\.d/),
    ],
  },
];
