import { assumedManager, packageFormats } from '../../packages/index.ts';
import { anywhere, kubelet as journal, onHost, output, problem, seen } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { registered } from './recovered.ts';

/** With a failure of its own: crictl. */
const programs = Object.entries(packageFormats[assumedManager].packageOf)
  .filter(([name]) => name !== 'crictl')
  .map(([name, inPackage]) => ({ name, values: { package: inPackage } }));

/** Programs of units, where systemd names only the unit. */
const started = [
  ['kubelet', '/usr/bin/kubelet'],
  ['containerd', '/usr/bin/containerd'],
  ['docker', '/usr/bin/dockerd'],
] as const;

/** The kubelet, and the symptoms that kubeadm reports when it fails. */
export const kubelet: readonly Failure[] = [
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
      output(
        /error execution phase kubelet-(?:start|wait-bootstrap): .{0,100}?(?:timed out|TLS bootstrap|deadline exceeded)/,
      ),
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
      // kubeadm also lists it among what may be the reason.
      output(/It seems like the kubelet isn't running or healthy|(?<!- )The kubelet is not (?:running|healthy)/),
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
      journal(/(?:^|\]: )F\d{4} [\d:.]{8,20} +\d{1,9} \w{1,60}\.go:\d{1,5}\] (?<what>.{1,160})/, {
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
      // It answered, and then no longer.
      output(
        /error execution phase (?:addon|upload-config|upload-certs|mark-control-plane|bootstrap-token)\b.{0,400}?(?:connection refused|: EOF|deadline exceeded|exceed context deadline|timed out|request canceled|unable to return a response in the time allotted|TLS handshake timeout)/,
        { values: { container: 'kube-apiserver' }, unless: /[Cc]risocket/ },
      ),
      output(
        /(?:couldn't|could not) initialize a Kubernetes cluster|wait-control-plane: |timed out waiting for the condition/,
        { values: { container: 'kube-apiserver' }, unless: /execution phase kubelet-(?:start|wait-bootstrap)/ },
      ),
    ],
    automatic: { remedy: 'reset-and-restart', tries: 2 },
  },
  {
    id: 'program-missing',
    title: { en: 'A required program is missing', zh: '缺少必需的程序' },
    cause: { en: '{program} is not installed or not in PATH.', zh: '{program} 未安装，或不在 PATH 中。' },
    remedy: { en: 'Install the package {package}.', zh: '安装软件包 {package}。' },
    next: { en: 'muster reinstalls it and retries.', zh: 'muster 会重新安装并重试。' },
    command: ({ reinstall }) => reinstall(['{package}']),
    where: 'host',
    explains: ['runtime-start-failed', 'runtime-stopped'],
    clues: [
      ...programs.flatMap(({ name, values }) => [
        output(new RegExp(`\\[ERROR FileExisting-(?<program>${name})\\]`), { values }),
        output(new RegExp(`\\b(?<program>${name}) not found in system path`), { values }),
        onHost(new RegExp(`exec: "(?<program>${name})": executable file not found`), { values }),
      ]),
      // dockerd.
      onHost(/\bIptables not found/, { values: { program: 'iptables', package: 'iptables' } }),
    ],
    automatic: { remedy: 'reinstall-program', tries: 1 },
  },
  {
    id: 'program-not-executable',
    title: { en: 'A program cannot be executed', zh: '某个程序无法执行' },
    cause: {
      en: '{program} cannot be executed: {what}. It is missing, for another architecture or a newer distribution, or protected (SELinux, noexec).',
      zh: '{program} 无法执行：{what}。程序缺失，适用于其他架构或更新的发行版，或受到限制（SELinux、noexec）。',
    },
    remedy: {
      en: 'Reinstall its package from a source for this host.',
      zh: '从适用于该主机的软件源重新安装其软件包。',
    },
    command: ({ reinstall }) => `ls -lZ {program}; ${reinstall(['$(dpkg -S {program} | cut -d: -f1)'])}`,
    where: 'host',
    explains: [
      'kubelet-stopped',
      'runtime-start-failed',
      'runtime-stopped',
      'kubelet-check',
      'container-init-failed',
      'api-unreachable',
    ],
    clues: [
      onHost(
        /Failed (?:to (?:execute|locate executable)|at step EXEC spawning) (?<program>\/[\w./-]{1,100}): (?<what>[\w ]{1,60})/,
      ),
      onHost(
        /(?<program>\/(?:usr\/)?(?:local\/)?s?bin\/[\w.-]{1,60}): (?:\S{1,100}: )?(?<what>cannot execute[\w ]{0,20}: [\w ]{1,40}|version `\w{1,20}_[\d.]{1,10}' not found|error while loading shared libraries.{1,80}|symbol lookup error: .{1,120})/,
        { unless: /memory protection/ },
      ),
      onHost(/fork\/exec (?<program>\/[\w./-]{1,100}): (?<what>exec format error)/, { pods: 'all' }),
      ...started.map(([unit, program]) =>
        onHost(
          new RegExp(`(?<![\\w-])${unit}\\.service: [Mm]ain process exited, code=exited, status=(?<what>203/EXEC)`),
          {
            values: { program },
          },
        ),
      ),
    ],
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
    command: ({ reinstall }) => reinstall(['cri-tools']),
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
