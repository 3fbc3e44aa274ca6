import { anywhere, runtime as journal, onHost, output, problem, seen } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { registered, startedRuntime } from './recovered.ts';

const ofStoppedRuntime = [
  'cri-disabled',
  'runtime-stopped',
  'cri-dockerd-stopped',
  'dpkg-interrupted',
  'package-script-failed',
  'api-unreachable',
];
const dockers = { values: { file: '/etc/docker/daemon.json' } };
const containerds = { values: { file: '/etc/containerd/config.toml' } };

/** cAdvisor in the kubelet asks every runtime that could be there. */
const byCadvisor = /CRI-O not connected|container factory failed/;

/** The container runtime. */
export const runtime: readonly Failure[] = [
  {
    id: 'cri-disabled',
    title: { en: 'CRI plugin of containerd is disabled', zh: 'containerd 的 CRI 插件被禁用' },
    cause: {
      en: 'containerd answers without {service}, which the kubelet needs: its configuration disables the CRI plugin (as Docker’s package does), or its version does not fit this kubelet’s.',
      zh: 'containerd 有应答，但不提供 kubelet 所需的 {service}：其配置禁用了 CRI 插件（Docker 的软件包即如此），或其版本与该 kubelet 不匹配。',
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
    explains: ['sandbox-image-missing', 'runtime-stopped', 'api-unreachable'],
    clues: [
      onHost(/unknown service (?<service>runtime\.v1(?:alpha2)?\.(?:RuntimeService|ImageService))/, { pods: 'all' }),
      onHost(/(?<service>CRI v1(?:alpha2)? (?:runtime|image) API) is not implemented/),
    ],
    automatic: { remedy: 'restart-runtime', tries: 1 },
  },
  {
    id: 'runtime-config-broken',
    title: { en: 'Runtime configuration is invalid', zh: '容器运行时配置无效' },
    cause: {
      en: 'The container runtime rejects a setting in {file}: {what}.',
      zh: '容器运行时拒绝 {file} 中的设置：{what}。',
    },
    remedy: {
      en: 'Correct that file, or the plan if muster wrote the value; muster keeps settings it did not write.',
      zh: '更正该文件；若该值由 muster 写入，则更正计划。muster 会保留非自己写入的设置。',
    },
    next: { en: 'muster starts the runtime once the file is valid.', zh: '文件有效后，muster 会启动容器运行时。' },
    command: 'journalctl -u {runtime} -n 20 --no-pager',
    where: 'host',
    hopeless: true,
    explains: [...ofStoppedRuntime, 'runtime-start-failed'],
    clues: [
      anywhere(/unable to configure the Docker daemon with file (?<file>\/[\w./-]{1,100}\w): ?(?<what>.{1,200})/),
      anywhere(
        /(?:failed to start|Error starting) daemon: (?<what>(?:failed to set log opts|[Ii]nvalid (?:mirror|registry|log|bip|default address pool|cgroup)|insecure registry|invalid (?:-{0,2}[a-z-]{1,30}|value)|unknown log opt|logger:|log-opt|specified default runtime|runtime name|invalid runtime|unknown runtime|could not get runtime|native\.cgroupdriver|validating|the following directives|only one of|conflicting options|invalid DNS|bad (?:attribute|format)|merged configuration|--live-restore|error creating parent dir for data root|Can't create ID mappings|.{0,120}failed to allocate gateway).{0,200})/i,
        dockers,
      ),
      journal(/failed to load listeners: (?<what>[^"]{0,60}could not load X509 key pair .{1,160})/, dockers),
      anywhere(/(?<what>(?:unknown log opt|native\.cgroupdriver option)[^"]{0,160})/, dockers),
      anywhere(
        /failed to (?:load|unmarshal) (?:TOML|config)(?: from)?:? (?<file>\/[\w./-]{1,100}\w): ?(?<what>.{1,200})/i,
      ),
      anywhere(
        /(?<what>failed to (?:load|decode|unmarshal) (?:TOML|config).{0,200}|toml: (?:line|cannot|expected|incomplete|invalid|strict)[^"]{0,200})/i,
        containerds,
      ),
      anywhere(
        /(?<what>(?:directives|options) are specified both as a flag[^"]{0,160}|directives don't match any configuration option[^"]{0,160})/,
        dockers,
      ),
      journal(/(?:^|\]: )containerd: (?<what>\(\d{1,6}, \d{1,6}\): .{1,160})/, containerds),
      anywhere(/(?<what>error initializing graphdriver: [\w-]{1,40}: unknown option.{0,100})/, dockers),
      journal(/(?<what>unknown (?:shorthand )?flag: .{1,80})/, { values: { file: 'docker.service' }, also: /dockerd/ }),
      journal(
        /(?<what>(?:invalid (?:disabled|required) plugin URI|expected containerd config version|invalid plugin config|no corresponding runtime configured|`?mirrors`? cannot be set when|invalid cri config|default_runtime_name|failed to find snapshotter).{0,160})/,
        containerds,
      ),
    ],
  },
  {
    id: 'runtime-start-failed',
    title: { en: 'Container runtime does not start', zh: '容器运行时无法启动' },
    cause: { en: '{runtime} exits at its start: {what}.', zh: '{runtime} 启动时退出：{what}。' },
    remedy: {
      en: 'Resolve what the message says; the journal shows its context.',
      zh: '按该消息解决问题；日志中有其上下文。',
    },
    next: { en: 'muster starts the runtime again.', zh: 'muster 会再次启动容器运行时。' },
    command: 'journalctl -u {runtime} -n 20 --no-pager; systemctl status {runtime} --no-pager',
    where: 'host',
    explains: ofStoppedRuntime,
    clues: [
      journal(/(?:failed to start|Error starting) daemon: (?<what>.{1,200})/i, { until: startedRuntime }),
      journal(/(?<what>failed to load listeners: .{1,200})/, { until: startedRuntime }),
      journal(/\blevel=fatal msg="(?!failed to recover state)(?<what>.{1,200})/, {
        until: startedRuntime,
        when: ({ units }) => units.runtime !== 'active',
      }),
      output(/(?<what>(?:Job|A dependency job) for (?:docker|containerd)\.service failed[\w ]{0,80})/, {
        symptom: true,
      }),
      journal(/(?<what>waiting for response from boltdb open)/, { until: startedRuntime, symptom: true }),
      journal(/failed to start containerd(?:: |" error=")(?<what>[^"]{1,200})/i, { until: startedRuntime }),
      journal(/(?<what>failed to create CRI service: [^"]{1,200})/, { until: startedRuntime }),
      journal(/(?:^|\]: )containerd: (?<what>[^"]{1,200})/, { until: startedRuntime }),
      journal(/(?:docker|containerd)\.service: [Mm]ain process exited, (?<what>code=dumped, status=\d+\/\w+)/, {
        until: startedRuntime,
      }),
    ],
  },
  {
    id: 'docker-api-mismatch',
    title: { en: 'Docker and its client have no common API version', zh: 'Docker 与其客户端没有共同的 API 版本' },
    cause: {
      en: 'Docker refuses the API version of the kubelet or of cri-dockerd: {what}.',
      zh: 'Docker 拒绝 kubelet 或 cri-dockerd 使用的 API 版本：{what}。',
    },
    remedy: {
      en: 'Plan a docker package whose version fits: dockershim (Kubernetes up to 1.23) needs docker 28 or older, cri-dockerd 0.3.16 and newer needs docker 25 or newer.',
      zh: '在计划中使用版本匹配的 docker 软件包：dockershim（Kubernetes 1.23 及更低版本）需要 docker 28 或更低版本，cri-dockerd 0.3.16 及更高版本需要 docker 25 或更高版本。',
    },
    command: 'docker version; kubelet --version',
    where: 'host',
    hopeless: true,
    explains: [...ofStoppedRuntime, 'runtime-start-failed'],
    clues: [onHost(/(?<what>client version [\d.]{1,10} is too (?:old|new)[^"]{0,160})/)],
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
    explains: ['container-init-failed', 'api-unreachable'],
    clues: [
      anywhere(
        /kubelet (?:cgroup )?driver: \W{0,3}(?:systemd|cgroupfs)\W{1,3} ?is different from docker cgroup driver/,
      ),
      anywhere(
        /expected cgroupsPath to be of format \W{0,3}slice:prefix:name|cgroup-parent for systemd cgroup should be a valid slice/,
        {
          pods: 'all',
        },
      ),
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
    explains: ['cri-dockerd-stopped', 'runtime-hangs', 'api-unreachable'],
    clues: [
      onHost(
        /dial unix [\w./-]{0,100}\b(?:containerd|docker|dockershim|crio)\.sock: connect: (?:connection refused|no such file)/,
        { until: registered, unless: byCadvisor },
      ),
      onHost(/Cannot connect to the Docker daemon|container runtime is (?:down|not running)/i, {
        until: registered,
        unless: byCadvisor,
      }),
      output(/\[ERROR Service-(?:Docker|Containerd)\]/),
      journal(/Start request repeated too quickly/, { until: startedRuntime, symptom: true, unless: /cri-docker/ }),
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
    id: 'cri-dockerd-stopped',
    title: { en: 'cri-dockerd is not running', zh: 'cri-dockerd 未运行' },
    cause: {
      en: 'cri-dockerd does not answer on its socket: the kubelet cannot reach docker.',
      zh: 'cri-dockerd 的套接字无应答：kubelet 无法访问 docker。',
    },
    remedy: { en: 'If it stops again, check its journal.', zh: '若再次停止，请检查其日志。' },
    next: { en: 'muster restarts it.', zh: 'muster 会重启它。' },
    command: 'systemctl restart cri-docker; journalctl -u cri-docker -n 20 --no-pager',
    where: 'host',
    explains: ['api-unreachable'],
    clues: [
      onHost(/dial unix [\w./-]{0,100}\bcri-dockerd\.sock: connect: (?:connection refused|no such file)/, {
        until: registered,
      }),
      journal(/(?<![\w-])cri-docker\.service: (?:[Mm]ain process exited|Start request repeated too quickly)/, {
        until:
          /cri-dockerd?\S{0,20}: .{0,200}Start (?:docker client|cri-dockerd grpc backend)|Started .{0,20}CRI [Ii]nterface/,
        symptom: true,
      }),
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
      en: 'No pod starts: the runtime cannot pull its sandbox (pause) image {image}.',
      zh: 'Pod 无法启动：容器运行时无法拉取沙箱（pause）镜像 {image}。',
    },
    remedy: {
      en: 'Restart the runtime if its configuration was edited; muster sets sandbox_image to kubeadm’s image in kubernetes.imageRepository.',
      zh: '若容器运行时的配置被修改过，请将其重启；muster 会将 sandbox_image 设为 kubernetes.imageRepository 中 kubeadm 所用的镜像。',
    },
    command: 'systemctl restart {runtime} && grep -rn sandbox_image /etc/containerd',
    where: 'host',
    explains: ['registry-unreachable', 'registry-without-tls', 'registry-denied', 'image-missing', 'api-unreachable'],
    clues: [
      anywhere(/failed to get sandbox image "?(?<image>[\w./:@-]{1,250})/, { pods: 'all' }),
      anywhere(
        /failed (?:to pull|to inspect|pulling) (?:and unpack )?(?:sandbox )?image "?(?<image>[\w./:-]{0,200}\bpause[\w.:@-]{0,100})/,
        { pods: 'all', also: /sandbox|failed pulling image/i },
      ),
    ],
  },
  {
    id: 'container-init-failed',
    title: { en: 'Runtime cannot start containers', zh: '容器运行时无法启动容器' },
    cause: {
      en: 'runc cannot start containers: the machine forbids an operation (the host is a container, SELinux, AppArmor), or runc does not support the kernel ({what}).',
      zh: 'runc 无法启动容器：机器禁止某项操作（主机为容器、SELinux、AppArmor），或 runc 不支持该内核（{what}）。',
    },
    remedy: {
      en: 'Check runc’s message in the journal; update the runtime, or lift the restriction.',
      zh: '检查日志中 runc 的消息；更新容器运行时，或解除限制。',
    },
    command: 'journalctl -u {runtime} -n 20 --no-pager; dmesg | tail',
    where: 'host',
    explains: ['api-unreachable'],
    clues: [
      anywhere(/(?<what>can't get final child's PID from pipe|unable to apply caps|seccomp is not supported)/, {
        pods: 'all',
      }),
      anywhere(
        /(?:OCI runtime create failed|runc create failed|failed to create shim(?: task)?|failed to create containerd task): (?<what>.{1,200})/,
        {
          unless:
            /cgroupsPath|exec: "|executable file not found|no such file or directory: unknown$|namespace path: lstat |context canceled|volume-subpaths|kubernetes\.io~|\/var\/lib\/kubelet\/pods/,
        },
      ),
    ],
  },
];
