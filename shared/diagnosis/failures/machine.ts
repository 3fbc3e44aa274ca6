import { anywhere, hint, kubelet, output, problem, seen } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { ofRegistry } from './certificates.ts';

const lowDiskBytes = 200 * 1024 ** 2;

/** The kernel says "no space left" of these too (limits.ts). */
const notTheDisk =
  /inotify|fsnotify|\b[Ww]atch(?:er|es)?\b|\/sys\/fs\/cgroup|create cgroup|user namespace|unshare|\bclone\b|fork\/exec|session key|keyring|keyctl|RTNETLINK|ip_?set\b|ipvs|netlink|semget|\bbpf\b/i;

const ofFullDisk = [
  'dpkg-interrupted',
  'package-script-failed',
  'package-damaged',
  'runtime-start-failed',
  'runtime-config-broken',
  'runtime-stopped',
  'cri-disabled',
  'container-init-failed',
  'image-missing',
  'sandbox-image-missing',
  'etcd-slow-disk',
  'api-unreachable',
];

/** The machine: disk, clock, memory, kernel, names. */
export const machine: readonly Failure[] = [
  {
    id: 'disk-full',
    title: { en: 'Disk is full', zh: '磁盘已满' },
    cause: {
      en: 'A file system of this host has no free space, so nothing can be downloaded, unpacked or started: {what}.',
      zh: '该主机的某个文件系统没有可用空间，因此无法下载、解包或启动任何内容：{what}。',
    },
    remedy: {
      en: 'Free disk space: the command empties the package cache and trims the journal; df -h shows which file system is full.',
      zh: '释放磁盘空间：该命令会清空软件包缓存并缩减日志；df -h 显示哪个文件系统已满。',
    },
    command: 'apt-get clean && journalctl --vacuum-size=100M && df -h',
    where: 'host',
    explains: ofFullDisk,
    clues: [
      anywhere(
        /(?:no space left on device|disk quota exceeded)(?<=(?<what>\/[^\s"']{1,300}: (?:no space left on device|disk quota exceeded)|\b[^"']{1,120}))/i,
        { unless: notTheDisk },
      ),
      anywhere(
        /\/(?:var\/(?:lib\/(?:docker|containerd|kubelet\/(?!pods))|log)|run)\/[^":]{1,250}: (?:no space left on device|disk quota exceeded)(?<=(?<what>[^"']{1,120}))/i,
        {
          pods: 'all',
          unless: notTheDisk,
        },
      ),
      anywhere(/(?<what>Thin Pool has \d{1,12} free (?:meta)?data blocks) which is less than/),
      output(/You don't have enough free space in (?<what>\/[\w./-]{1,100}\w)/),
      kubelet(/(?<what>\bNodeHasDiskPressure\b|KubeletHasDiskPressure|node had condition: \[DiskPressure)/),
      kubelet(
        /eviction manager: (?:attempting to reclaim|must evict).{0,120}?\b(?<what>ephemeral-storage|nodefs|imagefs)/i,
      ),
      kubelet(/EvictionThresholdMet.{0,120}?(?<what>ephemeral-storage|nodefs|imagefs)/),
      kubelet(/(?<what>(?:Attempted|Wanted) to free \d{1,20} bytes, but (?:only found|freed) \d{1,20} bytes)/, {
        symptom: true,
      }),
      seen(({ facts }) => {
        const full = facts?.disks.find(({ freeBytes }) => freeBytes < lowDiskBytes);
        if (full === undefined) return null;
        const line = `${full.mount}: ${Math.round(full.freeBytes / 1024 ** 2)} MB free`;
        return { line, values: { what: line } };
      }),
    ],
    automatic: { remedy: 'clean-package-cache', tries: 1 },
  },
  {
    id: 'inodes-full',
    title: { en: 'File system has no free inodes', zh: '文件系统没有可用的 inode' },
    cause: {
      en: 'A file system of this host has no free inodes: no file can be created although blocks are free ({what}).',
      zh: '该主机的某个文件系统没有可用的 inode：虽有空闲块，但无法创建文件（{what}）。',
    },
    remedy: {
      en: 'Delete the directories with the most files; df -i shows which file system is full.',
      zh: '删除文件最多的目录；df -i 显示哪个文件系统已满。',
    },
    command: 'df -i; du --inodes -xS /var 2>/dev/null | sort -n | tail',
    where: 'host',
    explains: [...ofFullDisk, 'disk-full'],
    clues: [
      kubelet(/eviction manager: (?:attempting to reclaim|must evict).{0,120}?\b(?<what>inodes)/i),
      seen(({ facts }) =>
        (facts?.storage?.inodes?.all ?? 0) > 0 && facts?.storage?.inodes?.free === 0
          ? { line: '/var/lib: 0 inodes free', values: { what: '/var/lib' } }
          : null,
      ),
    ],
  },
  {
    id: 'disk-read-only',
    title: { en: 'File system is read-only', zh: '文件系统为只读' },
    cause: {
      en: 'A file system of this host is read-only: it was mounted that way, or the kernel remounted it after a disk error.',
      zh: '该主机的某个文件系统为只读：以只读方式挂载，或内核在磁盘出错后将其重新挂载为只读。',
    },
    remedy: {
      en: 'Check the kernel log for disk errors, repair the disk, then remount read-write.',
      zh: '检查内核日志中的磁盘错误，修复磁盘，然后以读写方式重新挂载。',
    },
    command: "dmesg | grep -iE 'remount|I/O error|EXT4-fs error' | tail; mount -o remount,rw /",
    where: 'host',
    explains: [
      'dpkg-interrupted',
      'package-script-failed',
      'runtime-start-failed',
      'runtime-stopped',
      'kubelet-exits',
      'container-init-failed',
      'api-unreachable',
    ],
    clues: [anywhere(/read-only file system/i)],
  },
  {
    id: 'disk-io-error',
    title: { en: 'Disk reports errors', zh: '磁盘报告错误' },
    cause: {
      en: 'A disk of this host cannot be read or written, or its file system is damaged: {what}.',
      zh: '该主机的某个磁盘无法读写，或其文件系统已损坏：{what}。',
    },
    remedy: {
      en: 'Check the kernel log; repair the file system offline (fsck, xfs_repair) or replace the disk.',
      zh: '检查内核日志；离线修复文件系统（fsck、xfs_repair），或更换磁盘。',
    },
    command: "dmesg | grep -iE 'I/O error|EXT4-fs error|XFS|medium error|critical target' | tail",
    where: 'host',
    explains: [
      'disk-read-only',
      'dpkg-interrupted',
      'package-script-failed',
      'package-damaged',
      'runtime-data-damaged',
      'runtime-start-failed',
      'runtime-stopped',
      'kubelet-exits',
      'container-init-failed',
      'etcd-data-damaged',
      'api-unreachable',
    ],
    clues: [
      anywhere(
        /(?:input\/output error|structure needs cleaning|EXT4-fs error|blk_update_request: I\/O error)(?<=(?<what>\b.{1,140}))/i,
        {
          unless: /\/(?:proc|sys|dev)\/|readline|terminal|IRQ/,
        },
      ),
    ],
  },
  {
    id: 'clock-wrong',
    title: { en: 'System clock is wrong', zh: '系统时钟错误' },
    cause: {
      en: 'The clocks of this host and the control plane differ, or a certificate has expired: {what}.',
      zh: '该主机与控制平面的时钟不一致，或证书已过期：{what}。',
    },
    remedy: {
      en: 'Start a time daemon on this host. If the clock is right, renew the certificates on the control plane: kubeadm certs renew all',
      zh: '在该主机上启动时间同步服务。若时钟正确，请在控制平面续期证书：kubeadm certs renew all',
    },
    command: ({ install }) => `systemctl enable --now systemd-timesyncd || ${install(['systemd-timesyncd'])}`,
    where: 'host',
    hopeless: true,
    explains: ['package-source-untrusted', 'api-unreachable'],
    clues: [
      anywhere(
        /(?<what>certificate has expired or is not yet valid(?:: current time \S{1,40} is (?:before|after) \S{1,40})?)/,
        {
          unless: new RegExp(`^(?!.*current time \\S{1,40} is before).*(?:${ofRegistry.source})`, 'i'),
        },
      ),
      hint(
        /(?<what>certificate chain uses not yet (?:valid|activated) certificate|certificate is not yet (?:valid|activated)$)/,
      ),
      problem('download-failed', { reason: /(?<what>certificate is not yet valid)/i }),
      output(/(?<what>Release file for \S{1,300} is (?:not valid yet|expired))/),
      anywhere(/(?<what>token (?:not valid yet \(nbf\)|used before issued|issued in the future))/),
      anywhere(/prober found high clock drift.{0,300}?"clock-drift":"(?<what>(?:\d{1,6}h)?\d{1,3}m[^"]{1,20})/),
    ],
  },
  {
    id: 'swap-on',
    title: { en: 'Swap is on', zh: '交换空间已开启' },
    cause: {
      en: 'The kubelet does not run while swap is on. Newer kubeadm versions only warn; the kubelet exits later.',
      zh: '交换空间开启时 kubelet 无法运行。较新版本的 kubeadm 只会警告，随后 kubelet 退出。',
    },
    remedy: {
      en: 'Turn swap off and comment it out in /etc/fstab; check what turns it on again.',
      zh: '关闭交换空间，并在 /etc/fstab 中将其注释掉；检查是什么再次开启了它。',
    },
    next: { en: 'muster turns it off and retries.', zh: 'muster 会将其关闭并重试。' },
    command: "swapoff -a && sed -i -E '/\\sswap\\s/s/^[^#]/#&/' /etc/fstab",
    where: 'host',
    hopeless: true,
    explains: ['kubelet-stopped', 'api-unreachable'],
    clues: [
      anywhere(/running with swap on is not supported/i),
      seen(({ step, facts }) =>
        step === 'swap' && facts !== null && facts.swap.devices.length > 0
          ? { line: `swap on: ${facts.swap.devices.join(', ')}` }
          : null,
      ),
    ],
    automatic: { remedy: 'try-again', tries: 3 },
  },
  {
    id: 'localhost-unresolved',
    title: { en: 'localhost does not resolve', zh: '无法解析 localhost' },
    cause: {
      en: '/etc/hosts has no entry for localhost: the kubelet asks a nameserver for it and exits.',
      zh: '/etc/hosts 中没有 localhost 条目：kubelet 向名称服务器查询后退出。',
    },
    remedy: { en: 'Add the entry for localhost to /etc/hosts.', zh: '在 /etc/hosts 中添加 localhost 条目。' },
    command: "sed -i '1i 127.0.0.1 localhost' /etc/hosts",
    where: 'host',
    hopeless: true,
    explains: ['kubelet-stopped', 'api-unreachable'],
    clues: [
      anywhere(/lookup localhost\b.{0,200}?(?:timeout|no such host|server misbehaving|refused|unreachable|failure)/i),
    ],
  },
  {
    id: 'nameserver-silent',
    title: { en: 'Nameserver does not answer', zh: '名称服务器无应答' },
    cause: {
      en: 'This host cannot resolve {name}: its nameserver {nameserver} does not answer.',
      zh: '该主机无法解析 {name}：其名称服务器 {nameserver} 没有应答。',
    },
    remedy: {
      en: 'Correct the nameservers of this host, or let a firewall pass port 53 to them. For 127.0.0.53, systemd-resolved must run (the command restarts it).',
      zh: '更正该主机的名称服务器，或在防火墙中放行到它们的 53 端口。对于 127.0.0.53，systemd-resolved 必须在运行（该命令会重启它）。',
    },
    command: 'cat /etc/resolv.conf; systemctl try-restart systemd-resolved; getent hosts {name}',
    where: 'host',
    explains: ['registry-unreachable', 'sandbox-image-missing', 'host-name-unresolved', 'api-unreachable'],
    clues: [
      anywhere(
        /lookup (?!localhost\b)(?<name>[\w.-]{1,253}) on (?<nameserver>\[?[\da-f.:]{2,45}\]?):53: (?:read|write|dial) udp .{1,120}?(?:timeout|connection refused|unreachable|no route to host)/,
        { unless: /\.muster\.internal\b/ },
      ),
    ],
  },
  {
    id: 'host-name-unresolved',
    title: { en: 'Host name does not resolve', zh: '无法解析主机名' },
    cause: { en: 'This host cannot resolve {name}.', zh: '该主机无法解析 {name}。' },
    remedy: {
      en: 'Check what removes muster’s entries from /etc/hosts (for example cloud-init’s manage_etc_hosts). An endpoint that the site resolves must be known to this host’s nameservers.',
      zh: '检查是什么删除了 muster 写入 /etc/hosts 的条目（例如 cloud-init 的 manage_etc_hosts）。由站点解析的端点必须能被该主机的名称服务器解析。',
    },
    next: { en: 'muster writes them again and retries.', zh: 'muster 会重新写入并重试。' },
    command: 'getent hosts {name}; grep -rs manage_etc_hosts /etc/cloud',
    where: 'host',
    hopeless: true,
    explains: ['api-unreachable'],
    clues: [
      anywhere(
        /https:\/\/(?<name>[a-z][\w.-]{1,200}):\d{2,5}\/(?:apis?|version|healthz)\b.{0,400}?(?:no such host|server misbehaving|Temporary failure in name resolution|lookup \S{1,253} on \S{1,60}: (?:read|write|dial) udp .{1,100}?(?:timeout|refused|unreachable))/,
      ),
      kubelet(
        /failed to run Kubelet: .{0,160}?lookup (?<name>[\w.-]{1,200})\b.{0,100}?(?:no such host|misbehaving|timeout)/,
      ),
      output(/hostname "(?<name>[\w.-]+)" could not be (?:reached|resolved)/),
      anywhere(
        /lookup (?<name>[\w.-]{1,200}\.muster\.internal)\b.{0,200}?(?:no such host|timeout|misbehaving|refused)/,
      ),
    ],
    automatic: { remedy: 'try-again', tries: 5 },
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
    clues: [
      output(/bridge-nf-call-ip6?tables (?:does not exist|contents are not set to 1)/),
      anywhere(/bridge-nf-call-ip6?tables'?: no such file or directory/i),
    ],
    automatic: { remedy: 'try-again', tries: 3 },
  },
  {
    id: 'host-is-container',
    title: { en: 'Host is a container that lacks what the kubelet needs', zh: '主机是容器，缺少 kubelet 所需的内容' },
    cause: {
      en: 'The kubelet exits: {what}. The host is itself a container (LXC) that does not provide it.',
      zh: 'kubelet 退出：{what}。该主机本身是容器 (LXC)，未提供此内容。',
    },
    remedy: {
      en: 'Use a virtual machine. In LXC, the command provides /dev/kmsg, also for the next boot; kernel parameters must be set on the machine that runs the container.',
      zh: '请使用虚拟机。在 LXC 中，该命令会提供 /dev/kmsg，并在下次启动时保留；内核参数须在运行该容器的机器上设置。',
    },
    command:
      "echo 'L /dev/kmsg - - - - /dev/console' > /etc/tmpfiles.d/kmsg.conf && systemd-tmpfiles --create /etc/tmpfiles.d/kmsg.conf && systemctl restart kubelet",
    where: 'host',
    hopeless: true,
    explains: ['kubelet-stopped', 'kubelet-exits', 'api-unreachable'],
    clues: [
      kubelet(/(?<what>open \/dev\/kmsg: (?:no such file or directory|operation not permitted|permission denied))/),
      kubelet(
        /Failed to start ContainerManager.{0,20}?(?<what>open \/proc\/sys\/[\w/]{1,60}: (?:permission denied|read-only file system))/,
      ),
    ],
  },
  {
    id: 'mount-not-shared',
    title: { en: 'A file system is not mounted as shared', zh: '文件系统未以共享方式挂载' },
    cause: {
      en: 'Containers that pass mounts on to the host cannot start: {mount}, where {path} is, is not a shared mount.',
      zh: '需要向主机传播挂载的容器无法启动：{path} 所在的 {mount} 不是共享挂载 (shared mount)。',
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
      en: 'A pod of this node cannot start: {path} on this host is not a {type}.',
      zh: '该节点的某个 Pod 无法启动：该主机上的 {path} 不是 {type}。',
    },
    remedy: {
      en: 'Move what is there away; the kubelet or the package creates the right one.',
      zh: '移走该处的内容；kubelet 或软件包会创建正确的类型。',
    },
    command: 'ls -ld {path}; mv {path} {path}.old',
    where: 'host',
    clues: [
      anywhere(
        /hostPath type check failed: (?<path>\/[^\s"]{1,200}) is not a (?<type>file|directory|socket|character device|block device)/,
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
    explains: ['bridge-netfilter-missing', 'runtime-start-failed', 'container-init-failed', 'node-pod-crashing'],
    clues: [
      anywhere(/modprobe: FATAL: (?<what>Module (?<module>(?!configs|aufs|zfs|btrfs)[\w-]{1,60}) not found)/),
      anywhere(/modprobe: ERROR: could not insert '(?<module>[\w-]{1,60})': (?<what>[\w ]{1,60})/),
      anywhere(/(?<what>failed to mount overlay: no such device)/, { values: { module: 'overlay' } }),
      anywhere(/(?<what>failed to mount rootfs component[^:]{0,80}: no such device)/, {
        pods: 'all',
        values: { module: 'overlay' },
      }),
      anywhere(/main\.go:\d{1,5}\] Error registering network: (?<what>operation not supported)/, {
        values: { module: 'vxlan' },
      }),
    ],
  },
  {
    id: 'kernel-incomplete',
    title: { en: 'Kernel lacks a required feature', zh: '内核缺少必需的功能' },
    cause: { en: 'kubeadm’s kernel check failed: {what} is missing.', zh: 'kubeadm 的内核检查失败：缺少 {what}。' },
    remedy: {
      en: 'Boot the distribution’s kernel. If cgroup controllers are missing, add cgroup_enable=memory to the kernel command line.',
      zh: '使用发行版内核启动。若缺少 cgroup 控制器，请在内核命令行中加入 cgroup_enable=memory。',
    },
    command: 'uname -r; cat /proc/cgroups',
    where: 'host',
    explains: ['container-init-failed', 'api-unreachable'],
    clues: [
      anywhere(/missing required cgroups: (?<what>[\w, ]+)/),
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
  {
    id: 'port-in-use',
    title: { en: 'A required port is in use', zh: '必需的端口被占用' },
    cause: { en: 'Another program listens on port {port}.', zh: '其他程序正在监听端口 {port}。' },
    remedy: {
      en: 'Stop that program and disable it. The command shows and kills it.',
      zh: '停止该程序并将其停用。该命令会显示并终止它。',
    },
    command: "ss -ltnp 'sport = :{port}'; kill $(ss -Hltnp 'sport = :{port}' | grep -o 'pid=[0-9]*' | cut -d= -f2)",
    where: 'host',
    explains: ['kubelet-stopped', 'runtime-start-failed', 'api-unreachable'],
    clues: [
      output(/Port (?<port>\d+) is in use/),
      anywhere(/listen tcp \S*:(?<port>\d+): bind: address already in use/),
      // haproxy.
      anywhere(/cannot bind socket \(Address already in use\) \[\S{0,60}:(?<port>\d{1,5})\]/),
    ],
  },
];
