import { anywhere, kubelet as journal, output, seen } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** The kubelet, and the symptoms by which kubeadm notices that it is not well. */
export const kubelet: readonly Failure[] = [
  {
    id: 'kubelet-flag-unknown',
    title: { en: 'The kubelet does not know a flag', zh: 'kubelet 不认识某个启动参数' },
    cause: {
      en: 'The kubelet ends at once, because it is given {flag}, which this version does not have.',
      zh: 'kubelet 因收到此版本不支持的参数 {flag} 而立即退出。',
    },
    remedy: {
      en: 'Take it out of /etc/default/kubelet, the drop-in files or the plan.',
      zh: '请从 /etc/default/kubelet、drop-in 文件或计划中删除该参数。',
    },
    command: 'grep -rn -e {flag} /etc/default/kubelet /etc/systemd/system /var/lib/kubelet/kubeadm-flags.env',
    where: 'host',
    hopeless: true,
    clues: [journal(/unknown (?:shorthand )?flag: '?(?<flag>-[\w-]+)/)],
  },
  {
    id: 'kubelet-config-invalid',
    title: { en: 'The kubelet’s configuration is invalid', zh: 'kubelet 配置无效' },
    cause: {
      en: 'The kubelet can’t read /var/lib/kubelet/config.yaml, or a value in it is not allowed.',
      zh: 'kubelet 无法读取 /var/lib/kubelet/config.yaml，或其中的值不被允许。',
    },
    remedy: {
      en: 'Correct kubernetes.components.kubeletConfiguration in the plan.',
      zh: '请更正计划中的 kubernetes.components.kubeletConfiguration。',
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
    title: { en: 'The kubelet’s certificate is for another name', zh: 'kubelet 证书属于另一个名称' },
    cause: {
      en: 'The kubelet’s credential is {owner}’s, and it tries to be {node}: the host was renamed, or is a clone of another.',
      zh: 'kubelet 的凭据属于 {owner}，却试图作为 {node}：该主机被改名，或是另一台主机的克隆。',
    },
    remedy: {
      en: 'Reset the host; muster joins it anew under its planned name.',
      zh: '请重置该主机；muster 会以计划的名称重新加入集群。',
    },
    command: 'kubeadm reset --force && systemctl restart muster-agent',
    where: 'host',
    hopeless: true,
    clues: [
      journal(/node \W*(?<owner>[\w.-]+?)\W* (?:is not allowed to modify|cannot modify) node \W*(?<node>[\w.-]+)/),
    ],
  },
  {
    id: 'kubelet-stopped',
    title: { en: 'The kubelet is not running', zh: 'kubelet 未运行' },
    cause: {
      en: 'The kubelet’s unit is stopped, so the node is no longer heard of.',
      zh: 'kubelet 服务已停止，集群不再收到该节点的消息。',
    },
    remedy: {
      en: 'muster starts it by itself. If it stops again, its journal says why.',
      zh: 'muster 会自动启动它。如果再次停止，请查看其日志。',
    },
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
    title: { en: 'The kubelet never registered its node', zh: 'kubelet 未能注册节点' },
    cause: {
      en: 'The kubelet runs but the API server never got its Node.',
      zh: 'kubelet 已运行，但 API 服务器始终没有收到其 Node。',
    },
    remedy: {
      en: 'muster cleans up and tries again. The kubelet’s journal says what kept it.',
      zh: 'muster 会清理并重试。原因请查看 kubelet 日志。',
    },
    command: 'journalctl -u kubelet -n 50 --no-pager',
    where: 'host',
    symptom: true,
    clues: [output(/error uploading crisocket: /), output(/error execution phase kubelet-start: timed out/)],
    automatic: { remedy: 'reset-and-restart', tries: 2 },
  },
  {
    id: 'kubelet-check',
    title: { en: 'The kubelet does not answer', zh: 'kubelet 无响应' },
    cause: {
      en: 'kubeadm waited for a kubelet that does not run, and neither its journal nor the runtime’s says why in words that muster knows.',
      zh: 'kubeadm 等待的 kubelet 没有运行，且 kubelet 和运行时日志中没有 muster 认识的原因。',
    },
    remedy: {
      en: 'muster does what the tutorial tells: reset, reload systemd, restart the runtime, and try again.',
      zh: 'muster 会按教程处理：重置、重新加载 systemd、重启运行时，然后重试。',
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
    title: { en: 'The control plane did not come up', zh: '控制平面未能启动' },
    cause: {
      en: 'kubeadm waited in vain for the API server: its container does not start, or does not stay.',
      zh: 'kubeadm 未能等到 API 服务器：其容器无法启动或反复退出。',
    },
    remedy: {
      en: 'muster resets, restarts the runtime and tries again. The containers’ logs below /var/log/pods say more.',
      zh: 'muster 会重置、重启运行时并重试。详情见 /var/log/pods 下的容器日志。',
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
    title: { en: 'A program that Kubernetes needs is missing', zh: '缺少 Kubernetes 所需的程序' },
    cause: { en: '{program} is not installed, or not in the path.', zh: '未安装 {program}，或不在 PATH 中。' },
    remedy: { en: 'Install it (again).', zh: '请（重新）安装。' },
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
      en: 'kubeadm asks the runtime through crictl, which is not there.',
      zh: 'kubeadm 需要 crictl 访问运行时，但未找到。',
    },
    remedy: {
      en: 'Install cri-tools; Kubernetes’ own package source has it.',
      zh: '请安装 cri-tools；Kubernetes 软件源提供该软件包。',
    },
    command: 'apt-get install --reinstall --yes cri-tools',
    where: 'host',
    clues: [output(/FileExisting-crictl\]|crictl not found in system path|crictl[^\n]*there is no such program/)],
  },
  {
    id: 'node-not-registered-yet',
    title: { en: 'The kubelet does not find its Node', zh: 'kubelet 找不到自己的 Node' },
    cause: {
      en: 'The kubelet runs, and the cluster has no Node of that name: it was deleted, or its registration is refused.',
      zh: 'kubelet 正在运行，但集群中没有该名称的 Node：可能已被删除，或注册被拒绝。',
    },
    remedy: {
      en: 'A kubelet registers itself when it starts; muster restarts it.',
      zh: 'kubelet 启动时会自行注册；muster 会重启它。',
    },
    command: 'systemctl restart kubelet',
    where: 'host',
    symptom: true,
    clues: [anywhere(/node \W*[\w.-]+\W* not found/)],
    automatic: { remedy: 'start-kubelet', tries: 2 },
  },
];
