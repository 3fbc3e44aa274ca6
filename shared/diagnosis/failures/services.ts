import { anywhere, container } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** Of other servers, kubeadm's files, or the host's limits and disks. */
const notAnArgument =
  /connection refused|timed? ?out|deadline exceeded|leader ?election|x509|bind:|\/etc\/kubernetes\/(?:pki\/|[a-z-]{1,30}\.conf\b)|private key|PEM data|too many open files|no space left|read-only file system|input\/output error|cannot allocate memory/i;

/** Pods of the cluster itself that a setting of the host or the plan stops. */
export const services: readonly Failure[] = [
  {
    id: 'kube-proxy-mode-unsupported',
    title: { en: 'Kernel does not support kube-proxy’s mode', zh: '内核不支持 kube-proxy 的模式' },
    cause: { en: 'kube-proxy exits: {what}.', zh: 'kube-proxy 退出：{what}。' },
    remedy: {
      en: 'For ipvs, load its modules, also for the next boot (the command does). Otherwise set kubeProxyConfiguration.mode in kubernetes.components of the plan to iptables.',
      zh: '若为 ipvs，请加载其模块，并在下次启动时保留（该命令会加载）；否则请在计划的 kubernetes.components 中将 kubeProxyConfiguration.mode 设为 iptables。',
    },
    command:
      "printf '%s\\n' ip_vs ip_vs_rr ip_vs_wrr ip_vs_sh nf_conntrack >/etc/modules-load.d/ipvs.conf && xargs modprobe -a </etc/modules-load.d/ipvs.conf",
    where: 'host',
    explains: ['node-pod-crashing', 'network-plugin-missing'],
    clues: [
      anywhere(
        /(?<what>(?:IPVS proxier will not be used because|can't use (?:the )?(?:IPVS|ipvs) proxier|IPVS is not supported|kernel version \S{1,40} is too old for nftables mode|nftables kube-proxy mode requires|can't use the nftables proxier|error getting ipset version)[^"]{0,160})/,
      ),
    ],
  },
  {
    id: 'flannel-network-differs',
    title: { en: 'Flannel’s network is not the planned podSubnet', zh: 'Flannel 的网络与计划的 podSubnet 不同' },
    cause: {
      en: 'flannel exits: Network of its net-conf.json is {network}, which does not contain this node’s pod CIDR {range}.',
      zh: 'flannel 退出：其 net-conf.json 中的 Network 为 {network}，不包含该节点的 Pod CIDR {range}。',
    },
    remedy: {
      en: 'Set Network in the manifest of network.plugin to podSubnet of the plan, apply it and restart flannel’s pods.',
      zh: '将 network.plugin 清单中的 Network 设为计划的 podSubnet，应用该清单并重启 flannel 的 Pod。',
    },
    command: 'kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-flannel edit configmap kube-flannel-cfg',
    where: 'control-plane',
    explains: ['node-pod-crashing', 'network-plugin-missing'],
    clues: [
      anywhere(
        /subnet "(?<network>[\d./a-f:]{3,50})" specified in the flannel net config doesn't contain "(?<range>[\d./a-f:]{3,50})"/,
      ),
    ],
  },
  {
    id: 'dns-loop',
    title: { en: 'CoreDNS forwards queries to itself', zh: 'CoreDNS 将查询转发给自身' },
    cause: {
      en: 'CoreDNS exits: the nameserver that it gets from this host is a loopback address, usually systemd-resolved’s 127.0.0.53.',
      zh: 'CoreDNS 退出：它从该主机获得的名称服务器是回环地址，通常为 systemd-resolved 的 127.0.0.53。',
    },
    remedy: {
      en: 'Set kubeletConfiguration.resolvConf in kubernetes.components of the plan to /run/systemd/resolve/resolv.conf, or name other nameservers in /etc/resolv.conf.',
      zh: '在计划的 kubernetes.components 中将 kubeletConfiguration.resolvConf 设为 /run/systemd/resolve/resolv.conf，或在 /etc/resolv.conf 中使用其他名称服务器。',
    },
    command:
      'grep nameserver /etc/resolv.conf /run/systemd/resolve/resolv.conf; grep resolvConf /var/lib/kubelet/config.yaml',
    where: 'host',
    explains: ['node-pod-crashing'],
    clues: [anywhere(/plugin\/loop: Loop \(.{1,80}\) detected for zone/)],
  },
  {
    id: 'control-plane-settings-invalid',
    title: { en: 'A control plane component rejects its arguments', zh: '控制平面组件拒绝其参数' },
    cause: {
      en: 'A component of the control plane exits because of an argument of the plan: {what}.',
      zh: '控制平面组件因计划中的参数而退出：{what}。',
    },
    remedy: {
      en: 'Correct extraArgs of apiServer, controllerManager, scheduler or etcd in kubernetes.components of the plan: the argument must exist in the planned version.',
      zh: '更正计划的 kubernetes.components 中 apiServer、controllerManager、scheduler 或 etcd 的 extraArgs：参数必须存在于计划的版本中。',
    },
    next: { en: 'muster retries once the plan is saved.', zh: '计划保存后，muster 会重试。' },
    command: 'muster plan check /etc/muster/cluster.yaml',
    where: 'coordinator',
    explains: ['control-plane-timeout', 'node-pod-crashing', 'api-unreachable'],
    clues: [
      // As components print it; the kubelet's is in its journal.
      anywhere(
        /(?:^|\/ )(?:\S{1,80} std(?:err|out) F )?(?:Error: |E\d{4} .{0,60}?"command failed" err=")(?<what>(?:unknown flag: --|invalid argument "[^"]{0,200}" for "--|cannot set feature gate )[^"]{1,120}.{0,100})/,
        { when: ({ step }) => step === 'kubeadm-init' || step === 'kubeadm-join', unless: /kubelet/ },
      ),
      container(/"command failed" err="(?<what>.{1,160})/, {
        when: ({ step }) => step === 'kubeadm-init' || step === 'kubeadm-join',
        unless: notAnArgument,
      }),
    ],
  },
];
