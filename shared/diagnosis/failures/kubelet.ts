import { anywhere, kubelet as journal, output, problem, seen } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** The kubelet, and the symptoms that kubeadm reports when it fails. */
export const kubelet: readonly Failure[] = [
  {
    id: 'kubelet-flag-unknown',
    title: { en: 'kubelet does not support a flag', zh: 'kubelet 不支持某个参数' },
    cause: {
      en: 'The kubelet exits: this version does not support {flag}.',
      zh: 'kubelet 退出：此版本不支持 {flag}。',
    },
    remedy: {
      en: 'Remove the flag from /etc/default/kubelet, the drop-in files or the plan.',
      zh: '从 /etc/default/kubelet、drop-in 文件或计划中删除该参数。',
    },
    command: 'grep -rn -e {flag} /etc/default/kubelet /etc/systemd/system /var/lib/kubelet/kubeadm-flags.env',
    where: 'host',
    hopeless: true,
    clues: [journal(/unknown (?:shorthand )?flag: '?(?<flag>-[\w-]+)/)],
  },
  {
    id: 'kubelet-config-invalid',
    title: { en: 'kubelet configuration is invalid', zh: 'kubelet 配置无效' },
    cause: {
      en: 'The kubelet cannot read /var/lib/kubelet/config.yaml, or a value in it is not allowed.',
      zh: 'kubelet 无法读取 /var/lib/kubelet/config.yaml，或其中的值不被允许。',
    },
    remedy: {
      en: 'Correct kubernetes.components.kubeletConfiguration in the plan.',
      zh: '更正计划中的 kubernetes.components.kubeletConfiguration。',
    },
    command: 'muster plan check /etc/muster/cluster.yaml',
    where: 'coordinator',
    hopeless: true,
    clues: [
      journal(
        /(?:invalid configuration:|failed to (?:load|decode) (?:K|k)ubelet config file)(?!.*no such file)|failed to validate kubelet (?:configuration|flags)/,
      ),
    ],
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
    clues: [
      journal(/node \W*(?<owner>[\w.-]+?)\W* (?:is not allowed to modify|cannot modify) node \W*(?<node>[\w.-]+)/),
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
    clues: [output(/error uploading crisocket: /), output(/error execution phase kubelet-start: timed out/)],
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
    clues: [
      output(/HTTP call equal to 'curl -sSL https?:\/\/(?:localhost|127\.0\.0\.1):10248\/healthz' (?:failed|returned)/),
      output(/It seems like the kubelet isn't running or healthy|The kubelet is not (?:running|healthy)/),
    ],
    automatic: { remedy: 'reset-and-restart', tries: 2 },
  },
  {
    id: 'control-plane-timeout',
    title: { en: 'Control plane did not start', zh: '控制平面未启动' },
    cause: {
      en: 'kubeadm timed out waiting for the API server: its container does not start or exits.',
      zh: 'kubeadm 等待 API 服务器超时：其容器无法启动或退出。',
    },
    remedy: { en: 'Check the container logs below /var/log/pods.', zh: '检查 /var/log/pods 下的容器日志。' },
    next: {
      en: 'muster resets the node, restarts the runtime and retries.',
      zh: 'muster 会重置节点、重启容器运行时并重试。',
    },
    command: 'tail -n 20 /var/log/pods/kube-system_*/*/*.log',
    where: 'host',
    symptom: true,
    clues: [
      output(/couldn't initialize a Kubernetes cluster|wait-control-plane: |timed out waiting for the condition/),
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
    clues: [anywhere(/node \W*[\w.-]+\W* not found/)],
    automatic: { remedy: 'start-kubelet', tries: 2 },
  },
];
