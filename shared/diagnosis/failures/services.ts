import { anywhere, container } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** Of other servers, kubeadm's files, or the host's limits and disks. */
const notAnArgument =
  /connection refused|timed? ?out|deadline exceeded|leader ?election|x509|bind:|\/etc\/kubernetes\/(?:pki\/|[a-z-]{1,30}\.conf\b)|private key|PEM data|too many open files|no space left|read-only file system|input\/output error|cannot allocate memory|nf_conntrack/i;

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
    id: 'conntrack-not-writable',
    title: { en: 'kube-proxy cannot set the connection limit', zh: 'kube-proxy 无法设置连接跟踪上限' },
    cause: {
      en: 'kube-proxy exits because it may not write a parameter of nf_conntrack: {what}. The host is itself a container (LXC), or its kernel forbids it.',
      zh: 'kube-proxy 因无权写入 nf_conntrack 的参数而退出：{what}。该主机本身是容器（LXC），或其内核禁止写入。',
    },
    remedy: {
      en: 'Set conntrack.maxPerCore and conntrack.min of kubeProxyConfiguration to 0 in kubernetes.components of the plan, and the limit on the machine that runs the container.',
      zh: '在计划的 kubernetes.components 中将 kubeProxyConfiguration 的 conntrack.maxPerCore 和 conntrack.min 设为 0，并在运行该容器的机器上设置上限。',
    },
    command: 'ls -l /proc/sys/net/netfilter/nf_conntrack_max',
    where: 'host',
    explains: ['node-pod-crashing', 'network-plugin-missing', 'service-ip-unreachable'],
    clues: [
      container(
        /(?<what>(?:open|write) \/(?:proc\/sys\/net\/netfilter|sys\/module\/nf_conntrack\/parameters)\/\w{1,60}: (?:permission denied|operation not (?:supported|permitted)|read-only file system))/,
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
    id: 'pod-credential-rejected',
    title: { en: 'API server rejects pods’ tokens', zh: 'API 服务器拒绝 Pod 的令牌' },
    cause: {
      en: 'The API server answers a pod of this node with “Unauthorized”: its token was signed with another key, that of an earlier cluster or of a control plane whose sa.key differs.',
      zh: 'API 服务器对该节点的某个 Pod 返回“Unauthorized”：其令牌由其他密钥签名，来自先前的集群，或来自 sa.key 不同的控制平面。',
    },
    remedy: {
      en: 'Compare the key on all control planes (the command prints its checksum) and copy it from the first one; then delete the pod, whose successor gets a new token.',
      zh: '比较所有控制平面上的该密钥（该命令会输出其校验和），并从第一个控制平面复制；然后删除该 Pod，新的 Pod 会获得新令牌。',
    },
    command: 'cksum /etc/kubernetes/pki/sa.key /etc/kubernetes/pki/sa.pub',
    where: 'control-plane',
    explains: ['node-pod-crashing', 'network-plugin-missing'],
    clues: [
      container(
        /(?:error retrieving pod spec|Failed to (?:list|watch|get)|connection is unauthorized).{0,200}?: (?:Unauthorized\b|the server has asked for the client to provide credentials)/i,
      ),
    ],
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
