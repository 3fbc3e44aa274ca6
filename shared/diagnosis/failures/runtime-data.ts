import { anywhere, runtime as journal, kubelet, onHost } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { startedRuntime } from './recovered.ts';

const ofStoppedRuntime = ['runtime-start-failed', 'runtime-stopped', 'cri-disabled', 'api-unreachable'];

/** The runtime's installed packages, which may be held, in a shell command. */
const installed = "$(dpkg -l containerd containerd.io runc 2>/dev/null | grep -E '^[hi]i ' | cut -d' ' -f3)";

/** What the container runtime finds on the host at its start: its own data, programs, networks and PID file. */
export const runtimeData: readonly Failure[] = [
  {
    id: 'runtime-data-damaged',
    title: { en: 'Container runtime’s data is damaged', zh: '容器运行时的数据损坏' },
    cause: {
      en: '{runtime} exits at its start because its database is damaged, often after a power failure: {what}.',
      zh: '{runtime} 启动时因其数据库损坏而退出，通常由断电引起：{what}。',
    },
    remedy: {
      en: 'Move the data aside: images are pulled and pods created again. etcd’s data and volumes of pods are elsewhere; docker’s own volumes stay in the folder that is moved.',
      zh: '移走这些数据：镜像会重新拉取，Pod 会重新创建。etcd 的数据和 Pod 的卷不在其中；docker 自身的卷保留在被移走的目录中。',
    },
    next: { en: 'muster starts the runtime and the kubelet again.', zh: 'muster 会再次启动容器运行时和 kubelet。' },
    command:
      'systemctl stop kubelet {runtime}; mv /var/lib/{runtime} /var/lib/{runtime}.damaged; systemctl start {runtime} kubelet',
    where: 'host',
    hopeless: true,
    explains: ofStoppedRuntime,
    clues: [
      journal(
        /(?<what>panic: (?:assertion failed: Page|page \d{1,20} already freed|invalid page type|freepages: failed|runtime error: slice bounds out of range).{0,120})/,
        { until: startedRuntime },
      ),
      journal(
        /(?<what>failed to recover state: .{1,160}|(?:metadata database|meta\.db|local-kv\.db|metadata\.db)[^"]{0,40}: (?:invalid database|checksum error|version mismatch|unexpected EOF))/,
        { until: startedRuntime },
      ),
      journal(
        /daemon: (?<what>.{1,160}(?:: invalid database|invalid character '\\x00'.{0,40}|unexpected end of JSON input))/,
        {
          until: startedRuntime,
          unless: /daemon\.json/,
        },
      ),
    ],
  },
  {
    id: 'runtime-data-incomplete',
    title: { en: 'Part of the container runtime’s data is missing', zh: '容器运行时的部分数据缺失' },
    cause: {
      en: 'A part of the data of {runtime} was deleted, and its database still names it: {what}.',
      zh: '{runtime} 的部分数据已被删除，而其数据库仍引用这些数据：{what}。',
    },
    remedy: {
      en: 'Move the data aside: images are pulled and pods created again. etcd’s data and volumes of pods are elsewhere; docker’s own volumes stay in the folder that is moved.',
      zh: '移走这些数据：镜像会重新拉取，Pod 会重新创建。etcd 的数据和 Pod 的卷不在其中；docker 自身的卷保留在被移走的目录中。',
    },
    command:
      'systemctl stop kubelet {runtime}; mv /var/lib/{runtime} /var/lib/{runtime}.incomplete; systemctl start {runtime} kubelet',
    where: 'host',
    explains: ['image-missing', 'sandbox-image-missing', 'container-init-failed', 'api-unreachable'],
    clues: [
      anywhere(
        /(?<what>content digest sha256:\w{1,64}: not found|parent snapshot \S{1,200} does not exist: not found|stat \/\S{1,200}\.snapshotter\.v1\.\w{1,40}\/snapshots: no such file or directory|stat \/\S{1,100}\/overlay2\/\w{1,64}: no such file or directory)/,
        // cAdvisor, of containers that end.
        { unless: /to get inode usage/ },
      ),
    ],
  },
  {
    id: 'docker-pid-file',
    title: { en: 'A PID file keeps docker from starting', zh: 'PID 文件导致 docker 无法启动' },
    cause: {
      en: 'docker refuses to start because {file} names a running process: another dockerd (such as the snap’s), or a process that got the number after a crash.',
      zh: 'docker 拒绝启动，因为 {file} 中的进程正在运行：可能是另一个 dockerd（如 snap 版），或崩溃后占用该进程号的其他进程。',
    },
    remedy: {
      en: 'Remove the file if no dockerd is running (the command checks), or remove the other docker.',
      zh: '若没有 dockerd 在运行，则删除该文件（该命令会检查）；否则卸载另一个 docker。',
    },
    next: { en: 'muster starts docker again.', zh: 'muster 会再次启动 docker。' },
    command: 'pgrep -a dockerd || { rm -f {file}; systemctl restart docker; }',
    where: 'host',
    explains: ofStoppedRuntime,
    clues: [
      journal(/ensure docker is not running or delete (?<file>\/[\w./-]{1,100}\.pid)/, { until: startedRuntime }),
    ],
  },
  {
    id: 'docker-networks-overlap',
    title: { en: 'docker has no free address range', zh: 'docker 没有可用的网段' },
    cause: {
      en: 'docker exits at its start: its ranges overlap with routes or networks of this host ({what}).',
      zh: 'docker 启动时退出：其网段与该主机的路由或网络重叠（{what}）。',
    },
    remedy: {
      en: 'Set bip and default-address-pools in /etc/docker/daemon.json to a range that the routes of this host do not contain (the command lists them); muster keeps both settings.',
      zh: '在 /etc/docker/daemon.json 中将 bip 和 default-address-pools 设为不在该主机路由中的网段（该命令会列出路由）；muster 会保留这两项设置。',
    },
    next: { en: 'muster starts docker again.', zh: 'muster 会再次启动 docker。' },
    command: 'ip -br addr; ip route show table all type unicast',
    where: 'host',
    explains: ofStoppedRuntime,
    clues: [
      journal(
        /(?<what>no available network|all predefined address pools have been fully subnetted|networks have overlapping IPv4|Pool overlaps with other one on this address space|could not find an available, non-overlapping IPv[46] address pool)/,
        { until: startedRuntime },
      ),
    ],
  },
  {
    id: 'runtime-program-missing',
    title: { en: 'A program of the container runtime is missing', zh: '缺少容器运行时的某个程序' },
    cause: {
      en: 'No container starts: {program}, which the runtime’s package installs, is not on this host.',
      zh: '容器无法启动：该主机上没有由容器运行时软件包安装的 {program}。',
    },
    remedy: { en: 'Reinstall the runtime’s packages.', zh: '重新安装容器运行时的软件包。' },
    command: ({ reinstall }) => `${reinstall([installed])} && systemctl restart {runtime}`,
    where: 'host',
    explains: ['container-init-failed', 'api-unreachable'],
    clues: [
      onHost(/exec: "(?<program>runc|crun|containerd-shim-runc-v[12])": executable file not found/, { pods: 'all' }),
      onHost(/binary not installed "(?<program>containerd-shim-[\w-]{1,40})"/, { pods: 'all' }),
    ],
  },
  {
    id: 'runtime-hangs',
    title: { en: 'Container runtime does not answer in time', zh: '容器运行时未及时应答' },
    cause: {
      en: '{runtime} is running but does not answer the kubelet for minutes, so the node becomes NotReady: the disk or CPU is overloaded, or the runtime hangs.',
      zh: '{runtime} 正在运行，但数分钟未应答 kubelet，节点因此变为 NotReady：磁盘或 CPU 过载，或容器运行时卡住。',
    },
    remedy: {
      en: 'Check the load (the command shows it), then restart the runtime and the kubelet.',
      zh: '检查负载（该命令会显示），然后重启容器运行时和 kubelet。',
    },
    command: 'uptime; vmstat 1 3; systemctl restart {runtime} kubelet',
    where: 'host',
    explains: ['api-unreachable'],
    clues: [
      kubelet(/PLEG is not healthy: pleg was last seen active/, { until: /became ready|NodeReady\b/ }),
      kubelet(/from runtime service failed.{0,80}DeadlineExceeded/, {
        until: /became ready|NodeReady\b/,
        symptom: true,
      }),
    ],
  },
];
