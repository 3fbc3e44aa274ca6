import { anywhere, kubelet, runtime } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { ofApiServer } from './certificates.ts';

const standard = 'bridge|loopback|portmap|host-local|bandwidth|firewall|tuning|ptp|dhcp|static';
/** The plugin's pod has not written its file yet. */
const starting =
  /(?<!subnetFile:)\/run\/flannel\/subnet\.env|\/var\/lib\/calico\/nodename|resource does not exist: ClusterInformation/;

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
    clues: [
      anywhere(/\b(?<bridge>\w{1,14}\d)"? already has an IP address different from/, { pods: 'all' }),
      anywhere(/could not add IP address to "?(?<bridge>\w{1,14}\d)"?: file exists/, { pods: 'all' }),
    ],
  },
  {
    id: 'cni-plugins-missing',
    title: { en: 'Standard CNI plugins are missing', zh: '缺少标准 CNI 插件' },
    cause: {
      en: 'Pods cannot start: the plugin {plugin} of the package kubernetes-cni is not in /opt/cni/bin.',
      zh: 'Pod 无法启动：kubernetes-cni 软件包中的插件 {plugin} 不在 /opt/cni/bin 中。',
    },
    remedy: { en: 'Reinstall the package.', zh: '重新安装该软件包。' },
    command: ({ reinstall }) => reinstall(['kubernetes-cni']),
    where: 'host',
    clues: [anywhere(new RegExp(`failed to find plugin "?(?<plugin>${standard})"? in path`), { pods: 'all' })],
  },
  {
    id: 'cni-credential-stale',
    title: { en: 'Network plugin’s credential is of an earlier cluster', zh: '网络插件的凭据属于先前的集群' },
    cause: {
      en: 'Pods cannot start: the API server rejects the credential that the network plugin {plugin} has in /etc/cni/net.d.',
      zh: 'Pod 无法启动：API 服务器拒绝网络插件 {plugin} 存放在 /etc/cni/net.d 中的凭据。',
    },
    remedy: {
      en: 'Delete the plugin’s pod of this node; its successor writes the credential again.',
      zh: '删除该节点上的插件 Pod；新的 Pod 会重新写入凭据。',
    },
    command:
      'kubectl --kubeconfig /etc/kubernetes/admin.conf delete pod -A -l k8s-app=calico-node --field-selector spec.nodeName={node}',
    where: 'control-plane',
    clues: [
      anywhere(
        /plugin type="?(?<plugin>[\w.-]{1,80})"? .{0,400}?(?:connection is unauthorized|: Unauthorized|x509: certificate signed by unknown authority)/,
        { pods: 'all' },
      ),
      // dockershim.
      anywhere(
        /networkPlugin cni failed.{0,400}?ClusterInformation.{0,300}?(?:connection is unauthorized|: Unauthorized|x509: certificate signed by unknown authority)/,
        { pods: 'all', values: { plugin: 'calico' } },
      ),
      anywhere(
        /to network (?<plugin>[\w-]{1,60})\/[\w.-]{1,60}: .{0,300}?(?:connection is unauthorized|: Unauthorized|x509: certificate signed by unknown authority)/,
        { pods: 'all' },
      ),
    ],
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
      anywhere(/failed to find plugin "?(?<plugin>[\w.-]{1,80})"? in path/, {
        pods: 'all',
        unless: new RegExp(`plugin "?(?:${standard})"? in path`),
      }),
      anywhere(
        /plugin type="?(?<plugin>[\w.-]{1,80})"? .{0,400}?(?:no such file|connect: connection refused|dial unix)/,
        {
          unless: new RegExp(`${starting.source}|${ofApiServer.source}`),
          pods: 'all',
        },
      ),
      // Weave's own address.
      anywhere(/127\.0\.0\.1:6784\b.{0,300}?connect: connection refused/, {
        pods: 'all',
        values: { plugin: 'weave-net' },
      }),
      // dockershim.
      anywhere(/to network (?<plugin>[\w-]{1,60})\/[\w.-]{1,60}: .{0,400}?(?:connect: connection refused|dial unix)/, {
        unless: new RegExp(`${starting.source}|${ofApiServer.source}`),
        pods: 'all',
      }),
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
    id: 'cni-version-differs',
    title: { en: 'CNI plugin does not support its configuration', zh: 'CNI 插件不支持其配置的版本' },
    cause: {
      en: 'Pods cannot start: the configuration in /etc/cni/net.d is of CNI version {version}, which the plugin {plugin} in /opt/cni/bin does not support.',
      zh: 'Pod 无法启动：/etc/cni/net.d 中的配置为 CNI 版本 {version}，而 /opt/cni/bin 中的插件 {plugin} 不支持该版本。',
    },
    remedy: {
      en: 'Install a newer package kubernetes-cni, or use a release of the network plugin for the planned Kubernetes.',
      zh: '安装更新的 kubernetes-cni 软件包，或使用适用于计划的 Kubernetes 的网络插件版本。',
    },
    command: ({ install }) => install(['kubernetes-cni']),
    where: 'host',
    explains: ['network-plugin-missing'],
    clues: [
      anywhere(
        /plugin type="?(?<plugin>[\w.-]{1,80})"? .{0,200}?incompatible CNI versions; config is "(?<version>[\d.]{1,10})"/,
        { pods: 'all' },
      ),
    ],
  },
  {
    id: 'iptables-unusable',
    title: { en: 'iptables does not work', zh: 'iptables 不可用' },
    cause: {
      en: 'Rules cannot be written: the kernel lacks a table or module of the selected backend, or the legacy and nft backends are mixed ({what}).',
      zh: '无法写入规则：内核缺少所选后端的规则表或模块，或混用了 legacy 与 nft 后端（{what}）。',
    },
    remedy: {
      en: 'Use one backend that the kernel supports: the command selects nft if it works, else legacy. If neither does, reboot: the modules of a running kernel are gone after its update.',
      zh: '使用内核支持的同一后端：若 nft 可用，该命令选择 nft，否则选择 legacy。若均不可用，请重启主机：内核更新后，运行中内核的模块已被删除。',
    },
    command:
      'for backend in nft legacy; do update-alternatives --set iptables /usr/sbin/iptables-$backend && iptables -w -t nat -L -n >/dev/null && break; done; systemctl restart {runtime} kubelet',
    where: 'host',
    explains: ['runtime-start-failed', 'runtime-stopped', 'node-pod-crashing'],
    clues: [
      anywhere(
        /iptables(?:-restore)?\W.{0,300}?(?<what>can't initialize iptables table .{1,60}|Table does not exist|table \W\w{1,20}\W is incompatible, use 'nft' tool|Could not fetch rule set generation id: [\w ]{1,60}|Failed to initialize nft: [\w ]{1,60}|(?<=iptables: )(?:Operation|Protocol) not supported|Extension \w{1,30} revision \d{1,3} not supported, missing kernel module|No chain\/target\/match by that name|iptables-restore: line \d{1,6} failed|Couldn't load (?:match|target) \W\w{1,30}\W:No such file or directory|(?:(?:CHAIN|TABLE)_(?:USER_)?ADD|RULE_(?:APPEND|INSERT|REPLACE)) failed \((?:No such file or directory|Operation not supported)\))/,
        // The kubelet's, of a host without IPv6.
        { unless: /iptables canary .{0,200}ip6tables v/ },
      ),
      anywhere(/error creating default "?bridge"? network: .{0,300}?(?<what>iptables.{1,160})/, {
        unless: /bridge-nf-call-/,
      }),
      // Felix.
      anywhere(/(?<what>ip6?tables-(?:legacy|nft)-(?:save|restore) command failed after retries)/),
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
      en: 'Delete Nodes that no longer exist, or use a larger podSubnet in the plan of a new cluster.',
      zh: '删除已不存在的 Node，或在新集群的计划中使用更大的 podSubnet。',
    },
    command:
      'kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes -o custom-columns=NAME:.metadata.name,RANGE:.spec.podCIDR',
    where: 'control-plane',
    clues: [
      anywhere(
        /pod cidr not assigned|required IPv[46] PodCIDR not available|no podCidr for node |CIDRNotAvailable|no remaining CIDRs left to allocate/i,
      ),
    ],
  },
  {
    id: 'node-pod-crashing',
    title: { en: 'A pod of this node keeps exiting', zh: '该节点的某个 Pod 反复退出' },
    cause: {
      en: 'The container {container} of {pod} repeatedly exits after it starts.',
      zh: '{pod} 的容器 {container} 反复启动并退出。',
    },
    remedy: { en: 'Its log shows the reason.', zh: '其日志会显示原因。' },
    command: 'tail -n 20 /var/log/pods/*/{container}/*.log',
    where: 'host',
    symptom: true,
    explains: ['network-plugin-missing', 'kubelet-not-registered'],
    clues: [
      kubelet(
        /CrashLoopBackOff.{0,300}?\bcontainer=(?<container>[\w.-]{1,63}) pod=(?<pod>[\w.-]{1,253}?)_(?:kube-|calico-|tigera-|cilium|flannel)/,
        { when: ({ step }) => step !== 'kubeadm-init' },
      ),
    ],
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
      anywhere(starting, { pods: 'all', until: /became ready|NodeReady\b|NetworkReady=true/ }),
      kubelet(
        /NetworkPluginNotReady|cni config uninitialized|cni plugin not initialized|network plugin is not ready|[Nn]o networks found in \/etc\/cni\/net\.d/,
        { until: /became ready|NodeReady\b|NetworkReady=true/ },
      ),
      runtime(/no network config found in \/etc\/cni\/net\.d/),
    ],
  },
];
