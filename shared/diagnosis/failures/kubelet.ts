import { anywhere, kubelet as journal, output, problem, seen } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { ofOtherServer } from './certificates.ts';
import { registered } from './recovered.ts';

const warning = /(?:^|\]: )W\d{4} /;

/** The kubelet, and the symptoms that kubeadm reports when it fails. */
export const kubelet: readonly Failure[] = [
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
    clues: [journal(/unknown (?:shorthand )?flag: '?-{0,2}(?<flag>\w[\w-]{0,79})/)],
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
      journal(
        /(?<what>unrecognized feature gate: \w{1,80}|cannot set feature gate \w{1,80} to \w{1,10}, feature is locked to \w{1,10}|invalid argument "[^"]{0,200}" for "--[\w-]{1,60}" flag.{0,100}|unknown [^:]{1,60} labels specified with --node-labels: \[[^\]]{1,160})/,
        { unless: warning },
      ),
      journal(
        /(?<what>(?:invalid configuration: |failed to (?:load|decode|parse) kubelet (?:config|flag|configuration)|failed to validate kubelet (?:configuration|flags)|into Go struct field KubeletConfiguration|strict decoding error).{0,160})/i,
        {
          unless: /no such file|client-(?:cert|key)|kubeconfig|bootstrap|unknown (?:shorthand )?flag|(?:^|\]: )W\d{4} /,
        },
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
      'if test -e /etc/kubernetes/manifests/kube-apiserver.yaml; then mv /etc/kubernetes/kubelet.conf /root/; kubeadm init phase kubeconfig kubelet --control-plane-endpoint {endpoint} --kubernetes-version $(kubelet --version | grep -o v1.*) && systemctl restart kubelet; else kubeadm reset --force && systemctl restart muster-agent; fi',
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
      journal(/(?<what>(?:error loading|failed to load|invalid) kubeconfig:? [^"]{1,160})/i, { until: registered }),
      journal(
        /(?:[Uu]nable|[Ff]ailed|[Ee]rror)\b.{0,400}?(?:err="|: )(?<what>Unauthorized\b|You must be logged in to the server)/,
        {
          until: registered,
          unless: ofOtherServer,
          when: ({ step }) => step !== 'kubeadm-join',
        },
      ),
      journal(/(?<what>client certificate (?:expired|is expired)|no valid client certificate)/i, { until: registered }),
    ],
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
      en: 'The kubelet’s credential belongs to {owner}, but it runs as {node}: the host was renamed or cloned.',
      zh: 'kubelet 的凭据属于 {owner}，但以 {node} 运行：该主机被改名或克隆。',
    },
    remedy: { en: 'Reset the host.', zh: '重置该主机。' },
    next: { en: 'muster joins it under its planned name.', zh: 'muster 会以计划的名称将其加入集群。' },
    command: 'kubeadm reset --force && systemctl restart muster-agent',
    where: 'host',
    hopeless: true,
    explains: ['node-rejected', 'kubelet-credential-lost'],
    clues: [
      journal(
        /\bnode "(?<owner>[\w.-]{1,253})" (?:is not allowed to modify|cannot modify|cannot read|can only \w{1,10}) (?:node )?"(?<node>[\w.-]{1,253})"/,
      ),
      journal(
        /"(?<node>[\w.-]{1,253})" is forbidden: User "system:node:(?!\k<node>")(?<owner>[\w.-]{1,253})" cannot \w{1,10} resource "(?:nodes|leases)"/,
      ),
    ],
  },
  {
    id: 'kubelet-stopped',
    title: { en: 'kubelet is not running', zh: 'kubelet 未运行' },
    cause: {
      en: 'kubelet.service is stopped; the node does not report to the cluster.',
      zh: 'kubelet.service 已停止；节点不再向集群上报。',
    },
    remedy: { en: 'If it stops again, check its journal.', zh: '若再次停止，请检查其日志。' },
    next: { en: 'muster restarts it.', zh: 'muster 会重启它。' },
    command: 'systemctl restart kubelet',
    where: 'host',
    clues: [
      seen(({ step, units }) =>
        (step === null || step === 'node-ready') && (units.kubelet === 'inactive' || units.kubelet === 'failed')
          ? { line: `kubelet.service is ${units.kubelet}` }
          : null,
      ),
    ],
    automatic: { remedy: 'start-kubelet', tries: 5 },
  },
  {
    id: 'kubelet-not-registered',
    title: { en: 'kubelet did not register its Node', zh: 'kubelet 未注册其 Node' },
    cause: {
      en: 'The kubelet is running, but the API server has no Node for it.',
      zh: 'kubelet 正在运行，但 API 服务器中没有其 Node。',
    },
    remedy: { en: 'Check the kubelet’s journal for the reason.', zh: '在 kubelet 日志中查找原因。' },
    next: { en: 'muster resets the node and retries.', zh: 'muster 会重置该节点并重试。' },
    command: 'journalctl -u kubelet -n 50 --no-pager',
    where: 'host',
    symptom: true,
    explains: ['control-plane-timeout', 'node-not-registered-yet'],
    clues: [
      output(/error (?:uploading|writing) crisocket/i),
      output(/error execution phase kubelet-start: .{0,100}?(?:timed out|TLS bootstrap|deadline exceeded)/),
    ],
    automatic: { remedy: 'reset-and-restart', tries: 2 },
  },
  {
    id: 'kubelet-check',
    title: { en: 'kubelet does not answer', zh: 'kubelet 无应答' },
    cause: {
      en: 'kubeadm waited for the kubelet, which is not running. The journals of kubelet and runtime contain no known error.',
      zh: 'kubeadm 等待的 kubelet 未运行。kubelet 与容器运行时的日志中没有已知错误。',
    },
    remedy: { en: 'Check the journals if this persists.', zh: '若持续出现，请检查日志。' },
    next: {
      en: 'muster resets the node, reloads systemd, restarts the runtime and retries.',
      zh: 'muster 会重置节点、重新加载 systemd、重启容器运行时并重试。',
    },
    command: 'kubeadm reset --force; systemctl daemon-reload; systemctl restart {runtime} muster-agent',
    where: 'host',
    symptom: true,
    explains: ['control-plane-timeout'],
    clues: [
      output(/HTTP call equal to 'curl -sSL https?:\/\/(?:localhost|127\.0\.0\.1):10248\/healthz' (?:failed|returned)/),
      output(/It seems like the kubelet isn't running or healthy|The kubelet is not (?:running|healthy)/),
    ],
    automatic: { remedy: 'reset-and-restart', tries: 2 },
  },
  {
    id: 'kubelet-exits',
    title: { en: 'kubelet exits at its start', zh: 'kubelet 启动时退出' },
    cause: { en: 'The kubelet exits: {what}.', zh: 'kubelet 退出：{what}。' },
    remedy: {
      en: 'Resolve what the message says; the journal shows its context.',
      zh: '按该消息解决问题；日志中有其上下文。',
    },
    next: {
      en: 'muster resets the node, restarts the runtime and retries.',
      zh: 'muster 会重置节点、重启容器运行时并重试。',
    },
    command: 'journalctl -u kubelet -n 50 --no-pager',
    where: 'host',
    symptom: true,
    explains: ['kubelet-check', 'kubelet-not-registered', 'kubelet-stopped', 'control-plane-timeout'],
    clues: [
      journal(/(?:"command failed" err="|"Failed to run kubelet" err="|failed to run Kubelet: )(?<what>.{1,160})/, {
        until: registered,
        // Normal until kubeadm has written it.
        unless: /\/var\/lib\/kubelet\/config\.yaml.{0,200}no such file/,
      }),
      journal(/Failed to start ContainerManager"? (?:err=")?(?<what>.{1,160})/, { until: registered }),
      // Up to 1.21.
      journal(/(?:^|\]: )F\d{4} [\d:.]{8,20} +\d{1,9} server\.go:\d{1,5}\] (?<what>.{1,160})/, {
        until: registered,
        unless: /\/var\/lib\/kubelet\/config\.yaml.{0,200}no such file/,
      }),
    ],
    automatic: { remedy: 'reset-and-restart', tries: 1 },
  },
  {
    id: 'control-plane-timeout',
    title: { en: 'Control plane did not start', zh: '控制平面未启动' },
    cause: {
      en: 'kubeadm timed out waiting for the control plane: the container {container} does not start or exits.',
      zh: 'kubeadm 等待控制平面超时：容器 {container} 无法启动或退出。',
    },
    remedy: { en: 'Check the container logs below /var/log/pods.', zh: '检查 /var/log/pods 下的容器日志。' },
    next: {
      en: 'muster resets the node, restarts the runtime and retries.',
      zh: 'muster 会重置节点、重启容器运行时并重试。',
    },
    command: 'tail -n 20 /var/log/pods/kube-system_*/*/*.log',
    where: 'host',
    symptom: true,
    explains: ['api-unreachable'],
    clues: [
      journal(/CrashLoopBackOff.{0,200}?\bcontainer=(?<container>etcd|kube-[a-z-]{1,40})\b/, {
        when: ({ step }) => step === 'kubeadm-init',
      }),
      output(/(?<container>kube-[a-z-]{1,40}) (?:check failed|is not healthy after)/),
      output(
        /(?:couldn't|could not) initialize a Kubernetes cluster|wait-control-plane: |timed out waiting for the condition/,
        { values: { container: 'kube-apiserver' } },
      ),
    ],
    automatic: { remedy: 'reset-and-restart', tries: 2 },
  },
  {
    id: 'program-missing',
    title: { en: 'A required program is missing', zh: '缺少必需的程序' },
    cause: { en: '{program} is not installed or not in PATH.', zh: '{program} 未安装，或不在 PATH 中。' },
    remedy: { en: 'Install the package.', zh: '安装该软件包。' },
    next: { en: 'muster reinstalls it and retries.', zh: 'muster 会重新安装并重试。' },
    command: 'apt-get install --reinstall --yes {program}',
    where: 'host',
    clues: [
      output(/\[ERROR FileExisting-(?<program>conntrack|iptables|ethtool|socat|ebtables)\]/),
      output(/\b(?<program>conntrack|iptables|ethtool|socat|ebtables) not found in system path/),
    ],
    automatic: { remedy: 'reinstall-program', tries: 1 },
  },
  {
    id: 'crictl-missing',
    title: { en: 'crictl is missing', zh: '缺少 crictl' },
    cause: {
      en: 'kubeadm needs crictl to access the runtime; it is not installed.',
      zh: 'kubeadm 需要通过 crictl 访问容器运行时；它未安装。',
    },
    remedy: { en: 'Install cri-tools from the Kubernetes package source.', zh: '从 Kubernetes 软件源安装 cri-tools。' },
    next: { en: 'muster installs it and retries.', zh: 'muster 会安装它并重试。' },
    command: 'apt-get install --reinstall --yes cri-tools',
    where: 'host',
    clues: [
      output(/(?:\[ERROR FileExisting-(?=crictl\])|\b(?=crictl not found in system path))(?<program>crictl)/),
      problem('crictl-missing', { seen: /(?<program>crictl)/ }),
    ],
    automatic: { remedy: 'reinstall-program', tries: 2 },
  },
  {
    id: 'node-not-registered-yet',
    title: { en: 'kubelet’s Node does not exist', zh: 'kubelet 的 Node 不存在' },
    cause: {
      en: 'The kubelet is running, but the cluster has no Node of this name: it was deleted, or its registration is rejected.',
      zh: 'kubelet 正在运行，但集群中没有该名称的 Node：它已被删除，或注册被拒绝。',
    },
    remedy: { en: 'No action needed.', zh: '无需操作。' },
    next: {
      en: 'muster restarts the kubelet, which registers the Node.',
      zh: 'muster 会重启 kubelet，由其注册 Node。',
    },
    command: 'systemctl restart kubelet',
    where: 'host',
    symptom: true,
    clues: [anywhere(/\bnodes? "[\w.-]{1,253}" not found/, { until: registered, unless: /CSINode/ })],
    automatic: { remedy: 'start-kubelet', tries: 2 },
  },
];
