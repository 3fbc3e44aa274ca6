import { anywhere, runtime as journal, kubelet, output, seen } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** The container runtime. */
export const runtime: readonly Failure[] = [
  {
    id: 'cri-disabled',
    title: { en: 'containerd’s CRI plugin is off', zh: 'containerd 的 CRI 插件被禁用' },
    cause: {
      en: 'containerd answers but does not speak CRI, which the kubelet needs: its configuration disables the plugin (Docker’s package does), or it is too old for this kubelet.',
      zh: 'containerd 有响应但不提供 kubelet 所需的 CRI：其配置禁用了该插件（Docker 的软件包默认如此），或版本过旧。',
    },
    remedy: {
      en: 'Take cri out of disabled_plugins and restart containerd. muster’s own /etc/containerd/config.toml has it on: see which file containerd is started with.',
      zh: '请从 disabled_plugins 中删除 cri 并重启 containerd。muster 写入的 /etc/containerd/config.toml 已启用；请检查 containerd 启动时使用的配置文件。',
    },
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
    title: { en: 'The runtime’s configuration can’t be read', zh: '运行时配置无法解析' },
    cause: {
      en: 'The container runtime refuses its configuration file and does not start.',
      zh: '容器运行时无法解析其配置文件，因此无法启动。',
    },
    remedy: {
      en: 'Correct the file that its journal names. What muster has not written there stays as you wrote it.',
      zh: '请更正其日志中指出的文件。非 muster 写入的内容会原样保留。',
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
    title: { en: 'kubelet and runtime use different cgroup drivers', zh: 'kubelet 与运行时的 cgroup 驱动不一致' },
    cause: {
      en: 'The kubelet and the container runtime have different cgroup drivers (systemd and cgroupfs), so no pod can start.',
      zh: 'kubelet 与容器运行时使用了不同的 cgroup 驱动（systemd 与 cgroupfs），Pod 无法启动。',
    },
    remedy: {
      en: 'Both have to use systemd, as muster sets it. Take out what sets another one: a flag of the kubelet in a drop-in file, or of the runtime.',
      zh: '两者都应使用 systemd（muster 的设置）。请删除设置其他驱动的地方：kubelet 或运行时的启动参数或 drop-in 文件。',
    },
    command:
      "grep -rlsE 'cgroup-?driver' /etc/default/kubelet /etc/systemd/system | xargs -r sed -i -E 's/(cgroup-?driver=)cgroupfs/\\1systemd/' && systemctl daemon-reload && systemctl restart {runtime} kubelet",
    where: 'host',
    hopeless: true,
    clues: [
      anywhere(/kubelet cgroup driver: \W*(?:systemd|cgroupfs)\W+ is different from docker cgroup driver/),
      kubelet(/expected cgroupsPath to be of format \W*slice:prefix:name/),
      output(/docker’s cgroup driver is cgroupfs; systemd is needed/),
    ],
  },
  {
    id: 'runtime-stopped',
    title: { en: 'The container runtime is not running', zh: '容器运行时未运行' },
    cause: {
      en: '{runtime} is stopped or does not answer on its socket, so the kubelet can’t start or see any container.',
      zh: '{runtime} 已停止或其套接字无响应，kubelet 无法启动或查看容器。',
    },
    remedy: {
      en: 'muster starts it by itself. If it stops again, its journal says why.',
      zh: 'muster 会自动启动它。如果再次停止，请查看其日志。',
    },
    command: 'systemctl restart {runtime}',
    where: 'host',
    hopeless: true,
    clues: [
      anywhere(/dial unix \S*(?:containerd|docker(?:shim)?|crio)\.sock: connect: (?:connection refused|no such file)/),
      anywhere(/Cannot connect to the Docker daemon|container runtime is (?:down|not running)/i),
      output(/(?:docker|containerd) is not running/),
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
    title: { en: 'kubeadm found several runtimes', zh: 'kubeadm 发现多个运行时' },
    cause: {
      en: 'More than one container runtime runs here, and kubeadm was not told which one to use.',
      zh: '该主机上运行着多个容器运行时，而 kubeadm 未被告知使用哪一个。',
    },
    remedy: {
      en: 'muster names the planned one to kubeadm. Take criSocket out of kubernetes.components in the plan, or stop the other runtime.',
      zh: 'muster 会告知 kubeadm 使用计划中的运行时。请从计划的 kubernetes.components 中删除 criSocket，或停用另一个运行时。',
    },
    command: 'systemctl is-active docker containerd crio',
    where: 'host',
    clues: [output(/Found multiple CRI (?:endpoints|sockets) on the host/i)],
  },
  {
    id: 'sandbox-image-missing',
    title: { en: 'The pause image can’t be had', zh: '无法获取 pause 镜像' },
    cause: {
      en: 'No pod starts, because the runtime’s sandbox image can’t be pulled from where its configuration says.',
      zh: '运行时无法从其配置的位置拉取 sandbox（pause）镜像，Pod 无法启动。',
    },
    remedy: {
      en: 'muster sets it to kubeadm’s own under kubernetes.imageRepository; restart the runtime if its configuration was changed by hand.',
      zh: 'muster 会将其设为 kubernetes.imageRepository 下 kubeadm 自用的镜像；如手工修改过运行时配置，请重启运行时。',
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
    title: { en: 'The runtime can’t start containers', zh: '运行时无法启动容器' },
    cause: {
      en: 'runc fails for every container: the machine forbids something (a container as host, SELinux, AppArmor), or runc does not go with the kernel.',
      zh: 'runc 启动所有容器均失败：机器限制了某些操作（以容器作为主机、SELinux、AppArmor），或 runc 与内核不兼容。',
    },
    remedy: {
      en: 'See what runc says; update the runtime, or lift what forbids it.',
      zh: '请查看 runc 的报错；更新运行时，或解除限制。',
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
