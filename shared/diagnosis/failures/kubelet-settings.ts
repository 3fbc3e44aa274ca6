import { kubelet as journal } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { ofApiServer, ofOtherServer } from './certificates.ts';
import { registered } from './recovered.ts';

const warning = /(?:^|\]: )W\d{4} /;

/** Flags, configuration and credentials with which the kubelet cannot work. */
export const kubeletSettings: readonly Failure[] = [
  {
    id: 'kubelet-flag-unknown',
    title: { en: 'kubelet does not support a flag', zh: 'kubelet 不支持某个参数' },
    cause: {
      en: 'The kubelet exits: this version does not support the flag {flag}.',
      zh: 'kubelet 退出：此版本不支持参数 {flag}。',
    },
    remedy: {
      en: 'Remove the flag from /etc/default/kubelet, the drop-in files or the plan.',
      zh: '从 /etc/default/kubelet、drop-in 文件或计划中删除该参数。',
    },
    command: 'grep -rn -e {flag} /etc/default/kubelet /etc/systemd/system /var/lib/kubelet/kubeadm-flags.env',
    where: 'host',
    hopeless: true,
    explains: ['kubelet-stopped', 'api-unreachable'],
    clues: [
      journal(/unknown (?:shorthand )?flag: '?-{0,2}(?<flag>\w[\w-]{0,79})/),
      // An argument without its dashes.
      journal(/err="unknown command "?(?<flag>[\w][\w.:/=-]{0,120})/),
    ],
  },
  {
    id: 'kubelet-config-invalid',
    title: { en: 'kubelet configuration is invalid', zh: 'kubelet 配置无效' },
    cause: {
      en: 'The kubelet exits because of a value in its configuration: {what}.',
      zh: 'kubelet 因其配置中的某个值而退出：{what}。',
    },
    remedy: {
      en: 'Correct kubernetes.components in the plan: kubeletConfiguration, or kubeletExtraArgs of nodeRegistration. A feature gate must exist in the planned version.',
      zh: '更正计划中的 kubernetes.components：kubeletConfiguration，或 nodeRegistration 的 kubeletExtraArgs。特性门控必须存在于计划的版本中。',
    },
    command: 'muster plan check /etc/muster/cluster.yaml',
    where: 'coordinator',
    hopeless: true,
    explains: ['kubelet-stopped', 'api-unreachable'],
    clues: [
      // The reason stands at the end of a long line.
      journal(
        /(?:[Kk]ubelet ?config(?:uration)?|KubeletConfiguration|config file)\b.{0,600}?(?<what>cannot unmarshal .{1,60} into Go struct field .{1,100}|strict decoding error: .{1,160}|yaml: line .{1,160}|no kind "\w{1,60}" is registered for version "[\w./]{1,60}"|(?<=invalid configuration: )(?!\[?unable to read|no configuration).{1,160}?(?=, path: |$))/,
        { unless: /(?:^|\]: )W\d{4} |kubeconfig|bootstrap/ },
      ),
      journal(
        /(?<what>unrecognized feature gate: \w{1,80}|cannot set feature gate \w{1,80} to \w{1,10}, feature is locked to \w{1,10}|invalid argument "[^"]{0,200}" for "--[\w-]{1,60}" flag.{0,100}|unknown [^:]{1,60} labels specified with --node-labels: \[[^\]]{1,160})/,
        { unless: warning },
      ),
      journal(
        /(?<what>(?:invalid configuration: |failed to (?:load|decode|parse) kubelet (?:config|flag|configuration)|failed to validate kubelet (?:configuration|flags)|into Go struct field KubeletConfiguration|strict decoding error).{0,160})/i,
        {
          unless:
            /no such file|client-(?:cert|key)|kubeconfig|bootstrap|unknown (?:shorthand )?flag|no configuration has been provided|(?:^|\]: )W\d{4} /,
        },
      ),
      journal(
        /(?<what>unable to determine reserved CPU resources for static policy|eviction threshold [\w.]{1,40} must be .{1,80}|the total amount "\w{1,20}" of type "[\w-]{1,40}" is not equal to the value .{1,80}|invalid Node Allocatable configuration\. Resource "\w{1,40}"|Failed to enforce [\w ]{1,40} Cgroup Limits on .{1,120})/,
      ),
    ],
  },
  {
    id: 'kubelet-credential-lost',
    title: { en: 'kubelet has no valid credential', zh: 'kubelet 没有有效的凭据' },
    cause: {
      en: 'The kubelet cannot authenticate to the API server: {what}. Its client certificate is missing, expired or revoked, and the bootstrap credential is used only once.',
      zh: 'kubelet 无法向 API 服务器进行身份认证：{what}。其客户端证书缺失、过期或已失效，而引导凭据仅使用一次。',
    },
    remedy: {
      en: 'Reset a worker, which then joins again; on a control plane, renew kubelet.conf. The command does what applies.',
      zh: '重置工作节点，之后它会重新加入；在控制平面上则续期 kubelet.conf。该命令会执行适用的操作。',
    },
    next: {
      en: 'muster joins a reset host again with a new credential.',
      zh: 'muster 会用新的凭据将重置后的主机重新加入。',
    },
    command:
      'if test -e /etc/kubernetes/manifests/kube-apiserver.yaml; then mv /etc/kubernetes/kubelet.conf /root/; kubeadm init phase kubeconfig kubelet --node-name {node} --control-plane-endpoint {endpoint} --kubernetes-version $(kubelet --version | grep -o v1.*) && systemctl restart kubelet; else kubeadm reset --force && systemctl restart muster-agent; fi',
    where: 'host',
    hopeless: true,
    explains: ['kubelet-stopped', 'clock-wrong', 'api-unreachable', 'join-token-invalid'],
    clues: [
      journal(/(?<what>existing bootstrap client certificate (?:in \S{1,200} )?is expired: [\d :-]{1,30})/, {
        until: registered,
      }),
      journal(/(?<what>unable to load bootstrap kubeconfig: [^"]{1,160})/, { until: registered }),
      journal(/(?<what>\/etc\/kubernetes\/kubelet\.conf: no such file or directory)/, {
        until: registered,
        when: ({ step }) => step === null || step === 'node-ready',
      }),
      journal(/(?<what>unable to read client-(?:cert|key) [^"\]]{1,200})/, { until: registered }),
      journal(
        /failed to run Kubelet: (?<what>tls: (?:failed to find any PEM data|private key does not match).{0,60})/,
        {
          until: registered,
        },
      ),
      // An empty kubelet.conf.
      journal(/(?<what>no configuration has been provided)/, { until: registered }),
      journal(/(?<what>(?:error loading|failed to load|invalid) kubeconfig:? .{1,160})/i, { until: registered }),
      journal(
        /(?:[Uu]nable|[Ff]ailed|[Ee]rror)\b.{0,400}?(?:err="|: )(?<what>Unauthorized\b|You must be logged in to the server)/,
        {
          until: registered,
          unless: new RegExp(`${ofOtherServer.source}|to network |ClusterInformation`, 'i'),
          when: ({ step }) => step !== 'kubeadm-join',
        },
      ),
      journal(/(?<what>client certificate (?:expired|is expired)|no valid client certificate)/i, { until: registered }),
      journal(/(?<what>remote error: tls: (?:expired|bad|unknown|revoked) certificate)/, {
        until: registered,
        also: ofApiServer,
        unless: ofOtherServer,
      }),
      // Normal until the kubelet has its first certificate.
      journal(/forbidden: (?<what>User "system:anonymous" cannot \w{1,20} resource "(?:nodes|leases|csinodes)")/, {
        until: registered,
        symptom: true,
        when: ({ step }) => step === null || step === 'node-ready',
      }),
    ],
  },
  {
    id: 'kubelet-state-stale',
    title: { en: 'kubelet’s saved state is not usable', zh: 'kubelet 保存的状态不可用' },
    cause: {
      en: 'The kubelet exits because {file} is damaged or was written with another CPU or memory policy, or other hardware.',
      zh: 'kubelet 退出，因为 {file} 已损坏，或写入时的 CPU 策略、内存策略或硬件与现在不同。',
    },
    remedy: {
      en: 'Delete the file; the kubelet writes it again. Drain the node first if its pods have exclusive CPUs.',
      zh: '删除该文件；kubelet 会重新写入。若其 Pod 独占 CPU，请先腾空（drain）该节点。',
    },
    command: 'rm -f {file} && systemctl restart kubelet',
    where: 'host',
    hopeless: true,
    explains: ['kubelet-stopped', 'kubelet-exits', 'api-unreachable'],
    clues: [
      journal(/delete (?:the )?[\w ]{1,40} file "?(?<file>\/var\/lib\/kubelet\/[\w.-]{1,80})"? before restarting/i, {
        until: registered,
      }),
    ],
  },
  {
    id: 'node-address-missing',
    title: { en: 'Node’s address is on no interface', zh: '节点地址不在任何网络接口上' },
    cause: {
      en: 'The kubelet cannot report the node’s address: no network interface of this host has {address}.',
      zh: 'kubelet 无法上报节点地址：该主机的网络接口均没有 {address}。',
    },
    remedy: {
      en: 'Give the host this address again, or correct hosts[].address in the plan.',
      zh: '为该主机重新配置此地址，或更正计划中的 hosts[].address。',
    },
    command: 'ip -br addr',
    where: 'host',
    explains: ['kubelet-not-registered', 'node-not-registered-yet'],
    clues: [journal(/[Nn]ode ?IP: "(?<address>[\da-f.:]{2,45})" not found in the host's network interfaces/)],
  },
  {
    id: 'resolv-conf-missing',
    title: { en: 'kubelet’s resolv.conf is missing', zh: '缺少 kubelet 的 resolv.conf' },
    cause: {
      en: 'No pod starts: resolvConf of the kubelet’s configuration names {file}, which is not on this host. The setting is the same for all hosts; some have no systemd-resolved.',
      zh: 'Pod 无法启动：kubelet 配置的 resolvConf 指向 {file}，而该主机上没有此文件。该设置对所有主机相同；某些主机没有 systemd-resolved。',
    },
    remedy: {
      en: 'Set kubeletConfiguration.resolvConf of kubernetes.components in the plan to a file that every host has, or create the file here (the command does, also for the next boot).',
      zh: '将计划中 kubernetes.components 的 kubeletConfiguration.resolvConf 设为所有主机都有的文件，或在此创建该文件（该命令会创建，并在下次启动时保留）。',
    },
    command:
      "printf 'L {file} - - - - /etc/resolv.conf\\n' > /etc/tmpfiles.d/kubelet-resolv.conf && systemd-tmpfiles --create /etc/tmpfiles.d/kubelet-resolv.conf && systemctl restart kubelet",
    where: 'host',
    clues: [
      journal(/(?<file>\/(?:[\w.-]{1,60}\/){0,8}[\w.-]{0,40}resolv[\w.-]{0,40})"?: no such file or directory/, {
        pods: 'all',
      }),
      journal(
        /(?:resolv conf|generate (?:pod )?sandbox config|GeneratePodSandboxConfig).{0,300}?open (?<file>\/[\w./-]{1,200}): no such file/i,
        { pods: 'all' },
      ),
    ],
    explains: ['api-unreachable'],
  },
  {
    id: 'node-renamed',
    title: { en: 'kubelet certificate is for another node', zh: 'kubelet 证书属于其他节点' },
    cause: {
      en: 'The kubelet’s credential belongs to {owner}, but it runs as {name}: the host was renamed or cloned.',
      zh: 'kubelet 的凭据属于 {owner}，但以 {name} 运行：该主机被改名或克隆。',
    },
    remedy: { en: 'Reset the host.', zh: '重置该主机。' },
    next: { en: 'muster joins it under its planned name.', zh: 'muster 会以计划的名称将其加入集群。' },
    command: 'kubeadm reset --force && systemctl restart muster-agent',
    where: 'host',
    hopeless: true,
    explains: ['node-rejected', 'kubelet-credential-lost'],
    clues: [
      journal(
        /\bnode "?(?<owner>[\w.-]{1,253})"? (?:is not allowed to modify|cannot modify|cannot read|can only \w{1,10}) (?:node )?"?(?<name>[\w.-]{1,253})\b/,
      ),
      journal(
        /"(?<name>[\w.-]{1,253})" is forbidden: User "system:node:(?!\k<name>")(?<owner>[\w.-]{1,253})" cannot \w{1,10} resource "(?:nodes|leases)"/,
      ),
    ],
  },
];
