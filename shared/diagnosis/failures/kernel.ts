import { anywhere, container, kubelet, output } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** The kernel: parameters, modules, mounts, control groups. */
export const kernel: readonly Failure[] = [
  {
    id: 'ipv6-forward-off',
    title: { en: 'IPv6 forwarding is off', zh: 'IPv6 转发未开启' },
    cause: {
      en: 'kubeadm refuses to run: the node’s addresses include IPv6, and IPv6 forwarding is off on this host.',
      zh: 'kubeadm 拒绝运行：节点地址包含 IPv6，而该主机未开启 IPv6 转发。',
    },
    remedy: {
      en: 'Turn it on, also for the next boot (the command does).',
      zh: '开启 IPv6 转发，并在下次启动时保留（该命令会设置）。',
    },
    command:
      "printf 'net.ipv6.conf.all.forwarding=1\\nnet.ipv6.conf.default.forwarding=1\\n' > /etc/sysctl.d/90-ipv6-forwarding.conf && sysctl -p /etc/sysctl.d/90-ipv6-forwarding.conf",
    where: 'host',
    clues: [output(/net\/ipv6\/conf\/\w{1,20}\/forwarding contents are not set to 1/)],
  },
  {
    id: 'ip-forward-off',
    title: { en: 'IPv4 forwarding is off', zh: 'IPv4 转发未开启' },
    cause: {
      en: 'net.ipv4.ip_forward = 0. Another file in /etc/sysctl.d or a program changed it after muster.',
      zh: 'net.ipv4.ip_forward = 0。/etc/sysctl.d 中的其他文件或某个程序在 muster 之后更改了它。',
    },
    remedy: { en: 'Remove the setting from the file that turns forwarding off.', zh: '从关闭转发的文件中删除该设置。' },
    next: { en: 'muster sets it to 1 and retries.', zh: 'muster 会将其设为 1 并重试。' },
    command: 'sysctl -w net.ipv4.ip_forward=1; grep -rn ip_forward /etc/sysctl.conf /etc/sysctl.d /usr/lib/sysctl.d',
    where: 'host',
    clues: [output(/ip_forward contents are not set to 1/)],
    automatic: { remedy: 'try-again', tries: 5 },
  },
  {
    id: 'bridge-netfilter-missing',
    title: { en: 'br_netfilter is not loaded', zh: 'br_netfilter 未加载' },
    cause: {
      en: 'Bridged traffic bypasses iptables: the kernel module br_netfilter is not loaded, or its parameter is 0.',
      zh: '桥接流量绕过 iptables：内核模块 br_netfilter 未加载，或其参数为 0。',
    },
    remedy: {
      en: 'Load the module. If that fails, install the kernel’s extra modules, or reboot into the installed kernel.',
      zh: '加载该模块。若失败，请安装内核附加模块，或重启到已安装的内核。',
    },
    command: 'modprobe br_netfilter && sysctl -w net.bridge.bridge-nf-call-iptables=1',
    where: 'host',
    explains: ['runtime-start-failed', 'runtime-stopped'],
    clues: [
      output(/bridge-nf-call-ip6?tables (?:does not exist|contents are not set to 1)/),
      anywhere(/bridge-nf-call-ip6?tables'?: no such file or directory/i),
    ],
    automatic: { remedy: 'try-again', tries: 3 },
  },
  {
    id: 'mount-not-shared',
    title: { en: 'A file system is not mounted as shared', zh: '文件系统未以共享方式挂载' },
    cause: {
      en: 'Containers that pass mounts on to the host cannot start: {mount}, where {path} is, is not a shared mount.',
      zh: '需要向主机传播挂载的容器无法启动：{path} 所在的 {mount} 不是共享挂载（shared mount）。',
    },
    remedy: {
      en: 'Make the mount shared. systemd does so at boot: find out what changes it, such as a container in which this host runs.',
      zh: '将该挂载设为共享。systemd 会在启动时设置；查明是什么更改了它，例如该主机运行于容器中。',
    },
    command: 'mount --make-rshared {mount}',
    where: 'host',
    explains: ['container-init-failed'],
    clues: [
      anywhere(/path "?(?<path>\/[^"\s]{0,200})"? is mounted on "?(?<mount>\/[^"\s]{0,200})"? but it is not a shared/, {
        pods: 'all',
      }),
    ],
  },
  {
    id: 'host-path-wrong',
    title: { en: 'A path of the host has the wrong type', zh: '主机上的某个路径类型不正确' },
    cause: {
      en: 'A pod of this node cannot start: {path} on this host is missing or is not a {type}.',
      zh: '该节点的某个 Pod 无法启动：该主机上的 {path} 不存在，或类型不是 {type}。',
    },
    remedy: {
      en: 'Move away what exists there, then reinstall the package or repeat the step that creates it.',
      zh: '移走该处的现有内容，然后重新安装创建它的软件包，或重新执行创建它的步骤。',
    },
    command: 'ls -ld {path}; mv {path} {path}.old',
    where: 'host',
    clues: [
      anywhere(
        /hostPath type check failed: (?<path>\/(?:etc\/(?:kubernetes|ssl|pki|ca-certificates|cni)|run|lib\/modules|opt\/cni|sys|usr\/(?:share|libexec|local\/share)|var\/(?:lib\/(?:etcd|calico|cni|kubelet)|log|run))\b[^\s"]{0,200}) is not a (?<type>file|directory|socket|character device|block device)/,
      ),
    ],
  },
  {
    id: 'kernel-module-missing',
    title: { en: 'A kernel module cannot be loaded', zh: '无法加载内核模块' },
    cause: {
      en: 'The kernel module {module} cannot be loaded: {what}. After an update of the kernel, the modules of the running one are not available until the reboot; kernels of cloud images lack some.',
      zh: '无法加载内核模块 {module}：{what}。内核更新后，运行中内核的模块在重启前不可用；云厂商的精简内核缺少部分模块。',
    },
    remedy: {
      en: 'Reboot if /lib/modules has no folder of the running kernel; otherwise install the package of its extra modules.',
      zh: '若 /lib/modules 中没有运行中内核的目录，请重启主机；否则安装其附加模块的软件包。',
    },
    command: 'uname -r; ls /lib/modules; modprobe {module}',
    where: 'host',
    explains: [
      'bridge-netfilter-missing',
      'runtime-config-broken',
      'runtime-start-failed',
      'container-init-failed',
      'node-pod-crashing',
    ],
    clues: [
      anywhere(/modprobe: FATAL: (?<what>Module (?<module>(?!configs|aufs|zfs|btrfs|overlay)[\w-]{1,60}) not found)/),
      // containerd's unit loads it on each start, in vain where it is built into the kernel.
      output(/modprobe: FATAL: (?<what>Module (?<module>overlay) not found)/),
      anywhere(/modprobe: ERROR: could not insert '(?<module>[\w-]{1,60})': (?<what>[\w ]{1,60})/),
      anywhere(
        /(?<what>failed to mount overlay: no such device|failed to find snapshotter \\?"overlayfs\\?"|'overlay2?' not found as a supported filesystem on this host)/,
        {
          values: { module: 'overlay' },
        },
      ),
      anywhere(/(?<what>failed to mount rootfs component[^:]{0,80}: no such device)/, {
        pods: 'all',
        values: { module: 'overlay' },
      }),
      container(/(?<what>open \/proc\/sys\/net\/netfilter\/nf_conntrack_max: no such file or directory)/, {
        values: { module: 'nf_conntrack' },
      }),
      anywhere(/main\.go:\d{1,5}\] Error registering network: (?<what>operation not supported)/, {
        values: { module: 'vxlan' },
      }),
    ],
  },
  {
    id: 'kernel-incomplete',
    title: { en: 'Kernel lacks a required feature', zh: '内核缺少必需的功能' },
    cause: {
      en: 'The running kernel does not meet a requirement of Kubernetes: {what}.',
      zh: '运行中的内核不满足 Kubernetes 的要求：{what}。',
    },
    remedy: {
      en: 'Boot the distribution’s kernel. If cgroup controllers are missing, add cgroup_enable=memory to the kernel command line.',
      zh: '使用发行版内核启动。若缺少 cgroup 控制器，请在内核命令行中加入 cgroup_enable=memory。',
    },
    command: 'uname -r; cat /proc/cgroups /sys/fs/cgroup/cgroup.controllers',
    where: 'host',
    explains: ['container-init-failed', 'kubelet-config-invalid', 'api-unreachable'],
    clues: [
      anywhere(/missing (?:(?:required )?cgroups|controllers): (?<what>[\w, ]+)/),
      kubelet(/[Ff]ailed to find subsystem mount for required subsystem: (?<what>\w{1,20})/),
      anywhere(/open \/sys\/fs\/cgroup\/(?<what>hugetlb|pids|memory|cpuset|cpu,cpuacct): no such file/),
      kubelet(/Following Cgroup subsystem not mounted: \[(?<what>[\w ,]{1,80})/),
      kubelet(
        /: open \/sys\/fs\/cgroup\/\S{1,250}\/(?<what>cpu\.cfs_\w{1,20}|cpu\.shares|pids\.max|memory\.limit_in_bytes): no such file/,
      ),
      output(/unable to load kernel module: "?(?<what>\w+)/),
      output(/\[ERROR SystemVerification\]: (?<what>unsupported kernel release[^\n]*)/),
    ],
  },
  {
    id: 'cgroup-v1-refused',
    title: { en: 'kubelet requires cgroup v2', zh: 'kubelet 需要 cgroup v2' },
    cause: {
      en: 'The host uses cgroup v1, which this kubelet version does not support.',
      zh: '该主机使用 cgroup v1，此版本的 kubelet 不支持。',
    },
    remedy: {
      en: 'Boot with systemd.unified_cgroup_hierarchy=1, or set failCgroupV1: false in kubernetes.components.kubeletConfiguration of the plan.',
      zh: '以 systemd.unified_cgroup_hierarchy=1 启动，或在计划的 kubernetes.components.kubeletConfiguration 中设置 failCgroupV1: false。',
    },
    command: 'stat -fc %T /sys/fs/cgroup',
    where: 'host',
    hopeless: true,
    explains: ['kubelet-config-invalid', 'kubelet-stopped', 'api-unreachable'],
    clues: [
      anywhere(/configured to not run on a host using cgroup v1/),
      output(/\[ERROR SystemVerification\]: cgroups? v1 support is/),
    ],
  },
];
