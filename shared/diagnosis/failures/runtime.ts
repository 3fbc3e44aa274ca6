import { anywhere, runtime as journal, kubelet, output, problem, seen } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** The container runtime. */
export const runtime: readonly Failure[] = [
  {
    id: 'cri-disabled',
    title: { en: 'CRI plugin of containerd is disabled', zh: 'containerd 的 CRI 插件被禁用' },
    cause: {
      en: 'containerd answers without CRI, which the kubelet needs: its configuration disables the plugin (as Docker’s package does), or it is too old for this kubelet.',
      zh: 'containerd 有应答，但不提供 kubelet 所需的 CRI：其配置禁用了该插件（Docker 的软件包即如此），或版本过低。',
    },
    remedy: {
      en: 'Remove cri from disabled_plugins and restart containerd. muster’s /etc/containerd/config.toml enables it: check which file containerd uses.',
      zh: '从 disabled_plugins 中删除 cri 并重启 containerd。muster 写入的 /etc/containerd/config.toml 已启用该插件：检查 containerd 使用的文件。',
    },
    next: { en: 'muster restarts the runtime.', zh: 'muster 会重启容器运行时。' },
    command:
      "sed -i -E 's/^(disabled_plugins *=).*/\\1 []/' /etc/containerd/*.toml && systemctl restart containerd && systemctl cat containerd",
    where: 'host',
    hopeless: true,
    clues: [
      anywhere(/unknown service runtime\.v1(?:alpha2)?\.(?:RuntimeService|ImageService)/),
      anywhere(/CRI v1 (?:runtime|image) API is not implemented/),
    ],
    automatic: { remedy: 'restart-runtime', tries: 1 },
  },
  {
    id: 'runtime-config-broken',
    title: { en: 'Runtime configuration is invalid', zh: '容器运行时配置无效' },
    cause: {
      en: 'The container runtime cannot parse its configuration file and does not start.',
      zh: '容器运行时无法解析其配置文件，因此无法启动。',
    },
    remedy: {
      en: 'Correct the file that the journal names; muster keeps settings it did not write.',
      zh: '更正日志中指出的文件；muster 会保留非自己写入的设置。',
    },
    command: 'journalctl -u {runtime} -n 20 --no-pager',
    where: 'host',
    clues: [
      anywhere(/unable to configure the Docker daemon with file/),
      anywhere(
        /failed to load (?:TOML|config)|toml: (?:line|cannot|expected)|(?:directives|options) are specified both as a flag/,
      ),
    ],
  },
  {
    id: 'cgroup-driver-mismatch',
    title: { en: 'kubelet and runtime use different cgroup drivers', zh: 'kubelet 与容器运行时的 cgroup 驱动不同' },
    cause: {
      en: 'The kubelet and the container runtime use different cgroup drivers (systemd and cgroupfs): no pod can start.',
      zh: 'kubelet 与容器运行时使用不同的 cgroup 驱动（systemd 与 cgroupfs）：Pod 无法启动。',
    },
    remedy: {
      en: 'Remove the kubelet or runtime flag that sets another driver than systemd, which muster configures for both.',
      zh: '删除将驱动设为非 systemd 的 kubelet 或运行时参数；muster 将两者均配置为 systemd。',
    },
    command:
      "grep -rlsE 'cgroup-?driver' /etc/default/kubelet /etc/systemd/system | xargs -r sed -i -E 's/(cgroup-?driver=)cgroupfs/\\1systemd/' && systemctl daemon-reload && systemctl restart {runtime} kubelet",
    where: 'host',
    hopeless: true,
    clues: [
      anywhere(/kubelet cgroup driver: \W*(?:systemd|cgroupfs)\W+ is different from docker cgroup driver/),
      kubelet(/expected cgroupsPath to be of format \W*slice:prefix:name/),
      problem('docker-cgroup-driver'),
    ],
  },
  {
    id: 'runtime-stopped',
    title: { en: 'Container runtime is not running', zh: '容器运行时未运行' },
    cause: {
      en: '{runtime} is stopped or does not answer on its socket: the kubelet can neither start nor list containers.',
      zh: '{runtime} 已停止，或其套接字无应答：kubelet 无法启动或列出容器。',
    },
    remedy: { en: 'If it stops again, check its journal.', zh: '若再次停止，请检查其日志。' },
    next: { en: 'muster restarts it.', zh: 'muster 会重启它。' },
    command: 'systemctl restart {runtime}',
    where: 'host',
    hopeless: true,
    clues: [
      anywhere(/dial unix \S*(?:containerd|docker(?:shim)?|crio)\.sock: connect: (?:connection refused|no such file)/),
      anywhere(/Cannot connect to the Docker daemon|container runtime is (?:down|not running)/i),
      problem('runtime-not-running'),
      seen(({ step, units }) =>
        (step === null || step === 'runtime' || step === 'node-ready') &&
        (units.runtime === 'inactive' || units.runtime === 'failed')
          ? { line: `the runtime’s unit is ${units.runtime}` }
          : null,
      ),
    ],
    automatic: { remedy: 'restart-runtime', tries: 5 },
  },
  {
    id: 'several-runtimes',
    title: { en: 'kubeadm found several container runtimes', zh: 'kubeadm 发现多个容器运行时' },
    cause: {
      en: 'Several container runtimes run on this host, and kubeadm does not know which one to use.',
      zh: '该主机上运行着多个容器运行时，kubeadm 不知道应使用哪一个。',
    },
    remedy: {
      en: 'Remove criSocket from kubernetes.components in the plan (muster passes the planned runtime to kubeadm), or stop the other runtime.',
      zh: '从计划的 kubernetes.components 中删除 criSocket（muster 会将计划的容器运行时传给 kubeadm），或停止另一个容器运行时。',
    },
    command: 'systemctl is-active docker containerd crio',
    where: 'host',
    clues: [output(/Found multiple CRI (?:endpoints|sockets) on the host/i)],
  },
  {
    id: 'sandbox-image-missing',
    title: { en: 'Sandbox image cannot be pulled', zh: '无法拉取沙箱镜像' },
    cause: {
      en: 'No pod starts: the runtime cannot pull its sandbox (pause) image.',
      zh: 'Pod 无法启动：容器运行时无法拉取沙箱（pause）镜像。',
    },
    remedy: {
      en: 'Restart the runtime if its configuration was edited; muster sets sandbox_image to kubeadm’s image in kubernetes.imageRepository.',
      zh: '若容器运行时的配置被修改过，请将其重启；muster 会将 sandbox_image 设为 kubernetes.imageRepository 中 kubeadm 所用的镜像。',
    },
    command: 'systemctl restart {runtime} && grep -rn sandbox_image /etc/containerd',
    where: 'host',
    clues: [
      kubelet(/failed to get sandbox image|failed to pull (?:and unpack )?(?:sandbox )?image \W*\S*pause/),
      journal(/failed to get sandbox image/),
    ],
  },
  {
    id: 'container-init-failed',
    title: { en: 'Runtime cannot start containers', zh: '容器运行时无法启动容器' },
    cause: {
      en: 'runc fails for every container: the machine forbids an operation (the host is a container, SELinux, AppArmor), or runc does not support the kernel.',
      zh: 'runc 无法启动任何容器：机器禁止某项操作（主机为容器、SELinux、AppArmor），或 runc 不支持该内核。',
    },
    remedy: {
      en: 'Check runc’s message in the journal; update the runtime, or lift the restriction.',
      zh: '检查日志中 runc 的消息；更新容器运行时，或解除限制。',
    },
    command: 'journalctl -u {runtime} -n 20 --no-pager; dmesg | tail',
    where: 'host',
    clues: [
      anywhere(
        /can't get final child's PID from pipe|unable to apply caps|OCI runtime create failed: (?!.*cgroupsPath)|failed to create shim(?: task)?: (?!.*cgroupsPath)/,
      ),
    ],
  },
];
