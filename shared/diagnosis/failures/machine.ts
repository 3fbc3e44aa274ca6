import { anywhere, kubelet, output, seen } from '../clue.ts';
import type { Failure } from '../failure.ts';

const lowDiskBytes = 200 * 1024 ** 2;

/** The machine itself: disk, clock, memory, kernel, names. */
export const machine: readonly Failure[] = [
  {
    id: 'disk-full',
    title: { en: 'The disk is full', zh: '磁盘已满' },
    cause: {
      en: 'A file system of this host has no room left, so nothing can be downloaded, unpacked or started.',
      zh: '该主机的文件系统没有剩余空间，因此无法下载、解包或启动任何东西。',
    },
    remedy: {
      en: 'Make room. The command empties the package cache and shortens the journal; df -h shows what is full.',
      zh: '请腾出空间。该命令会清空软件包缓存并缩减日志；df -h 可查看哪里已满。',
    },
    command: 'apt-get clean && journalctl --vacuum-size=100M && df -h',
    where: 'host',
    clues: [
      anywhere(/no space left on device|You don't have enough free space in|disk quota exceeded/i),
      kubelet(/eviction manager: (?:attempting to reclaim|must evict).*ephemeral-storage|DiskPressure/),
      seen(({ facts }) => {
        const full = facts?.disks.find(({ freeBytes }) => freeBytes < lowDiskBytes);
        return full === undefined ? null : { line: `${full.mount}: ${Math.round(full.freeBytes / 1024 ** 2)} MB free` };
      }),
    ],
    automatic: { remedy: 'clean-package-cache', tries: 1 },
  },
  {
    id: 'disk-read-only',
    title: { en: 'The disk is read-only', zh: '磁盘处于只读状态' },
    cause: {
      en: 'A file system of this host can’t be written: it was mounted so, or the kernel did that after an error of the disk.',
      zh: '该主机的文件系统不可写：可能是以只读方式挂载，或内核在磁盘出错后将其设为只读。',
    },
    remedy: {
      en: 'See what the kernel says of the disk, mend it, and mount it for writing again.',
      zh: '请查看内核关于磁盘的消息，修复后重新以可写方式挂载。',
    },
    command: "dmesg | grep -iE 'remount|I/O error|EXT4-fs error' | tail; mount -o remount,rw /",
    where: 'host',
    clues: [anywhere(/read-only file system/i)],
  },
  {
    id: 'clock-wrong',
    title: { en: 'The clock is wrong', zh: '时钟不准' },
    cause: {
      en: 'A certificate is outside its time of validity: this host’s clock and that of the control plane are apart, or the certificate has run out.',
      zh: '证书不在有效期内：该主机与控制平面的时钟不一致，或证书已过期。',
    },
    remedy: {
      en: 'Set the clock and keep it right with a time daemon. If the clock is right, renew the certificates on the control plane: kubeadm certs renew all',
      zh: '请校准时钟并用时间同步服务保持准确。如果时钟无误，请在控制平面更新证书：kubeadm certs renew all',
    },
    command: 'timedatectl set-ntp true && timedatectl',
    where: 'host',
    hopeless: true,
    clues: [
      anywhere(/certificate has expired or is not yet valid/),
      output(/Release file for \S+ is (?:not valid yet|expired)/),
    ],
  },
  {
    id: 'out-of-memory',
    title: { en: 'Memory has run out', zh: '内存不足' },
    cause: {
      en: 'The kernel ended a program of this host because there was no memory left.',
      zh: '由于内存耗尽，内核结束了该主机上的程序。',
    },
    remedy: {
      en: 'Give the machine more memory: a control plane needs 2 GB, a worker 1 GB and what its pods take.',
      zh: '请增加内存：控制平面需要 2 GB，工作节点需要 1 GB 加上其 Pod 的用量。',
    },
    command: 'free -m; dmesg | grep -i "out of memory" | tail -n 3',
    where: 'host',
    clues: [anywhere(/\bout of memory\b|cannot allocate memory|oom-kill(?:er|ed process)|OOMKilling/i)],
  },
  {
    id: 'too-many-files',
    title: { en: 'Too many open files or watches', zh: '打开的文件或监视过多' },
    cause: {
      en: 'A limit of this host on open files or inotify watches is reached.',
      zh: '该主机的打开文件数或 inotify 监视数已达上限。',
    },
    remedy: { en: 'Raise the limits.', zh: '请调高限制。' },
    command: 'sysctl -w fs.inotify.max_user_instances=8192 fs.inotify.max_user_watches=524288 fs.file-max=1000000',
    where: 'host',
    clues: [anywhere(/too many open files|inotify_add_watch .*no space left|unable to create inotify/i)],
  },
  {
    id: 'swap-on',
    title: { en: 'Swap is on', zh: '交换分区已开启' },
    cause: {
      en: 'The kubelet does not run while swap is on. kubeadm only warns of it; the kubelet dies later.',
      zh: '开启交换分区时 kubelet 无法运行。kubeadm 只会警告，kubelet 随后退出。',
    },
    remedy: {
      en: 'Turn it off, now and in /etc/fstab. muster does both by itself; see what turns it on again.',
      zh: '请立即关闭并从 /etc/fstab 中移除。muster 会自动完成这两步；请查明是什么再次开启了它。',
    },
    command: "swapoff -a && sed -i -E '/\\sswap\\s/s/^[^#]/#&/' /etc/fstab",
    where: 'host',
    hopeless: true,
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
      en: 'The kubelet asks a name server for localhost and dies, because /etc/hosts has no line for it.',
      zh: '/etc/hosts 中没有 localhost 条目，kubelet 向 DNS 服务器查询 localhost 后退出。',
    },
    remedy: { en: 'Give /etc/hosts its line for localhost back.', zh: '请在 /etc/hosts 中恢复 localhost 条目。' },
    command: "sed -i '1i 127.0.0.1 localhost' /etc/hosts",
    where: 'host',
    hopeless: true,
    clues: [anywhere(/lookup localhost\b.*(?:timeout|no such host|server misbehaving|refused|unreachable|failure)/i)],
  },
  {
    id: 'host-name-unresolved',
    title: { en: 'The host’s name does not resolve', zh: '无法解析主机名' },
    cause: {
      en: 'This host can’t find the address of {name}.',
      zh: '该主机无法解析 {name} 的地址。',
    },
    remedy: {
      en: 'muster writes all planned hosts to /etc/hosts: see what takes the lines out again (cloud-init’s manage_etc_hosts does).',
      zh: 'muster 会将所有计划中的主机写入 /etc/hosts：请查明是什么删除了这些条目（例如 cloud-init 的 manage_etc_hosts）。',
    },
    command: 'getent hosts {name}; grep -rs manage_etc_hosts /etc/cloud',
    where: 'host',
    clues: [
      output(/hostname "(?<name>[\w.-]+)" could not be (?:reached|resolved)/),
      anywhere(/lookup (?<name>[\w.-]+\.muster\.internal)\b.*(?:no such host|timeout|misbehaving|refused)/),
    ],
    automatic: { remedy: 'try-again', tries: 5 },
  },
  {
    id: 'ip-forward-off',
    title: { en: 'IPv4 forwarding is off', zh: 'IPv4 转发已关闭' },
    cause: {
      en: 'net.ipv4.ip_forward is 0. Another file below /etc/sysctl.d, or a program, has set it after muster did.',
      zh: 'net.ipv4.ip_forward 为 0。/etc/sysctl.d 下的其他文件或某个程序在 muster 之后修改了它。',
    },
    remedy: {
      en: 'muster sets it again by itself; take the setting out of the file that turns it off.',
      zh: 'muster 会自动重新设置；请从关闭它的文件中删除该设置。',
    },
    command: 'sysctl -w net.ipv4.ip_forward=1; grep -rn ip_forward /etc/sysctl.conf /etc/sysctl.d /usr/lib/sysctl.d',
    where: 'host',
    clues: [output(/ip_forward contents are not set to 1/)],
    automatic: { remedy: 'try-again', tries: 5 },
  },
  {
    id: 'bridge-netfilter-missing',
    title: { en: 'br_netfilter is not loaded', zh: '未加载 br_netfilter' },
    cause: {
      en: 'Bridged traffic does not pass iptables: the kernel module br_netfilter is not loaded, or its setting is off.',
      zh: '桥接流量不经过 iptables：内核模块 br_netfilter 未加载，或其设置被关闭。',
    },
    remedy: {
      en: 'Load it. If that fails, install the kernel’s extra modules, or reboot into the kernel whose modules are installed.',
      zh: '请加载该模块。如果失败，请安装内核附加模块包，或重启到与已安装模块匹配的内核。',
    },
    command: 'modprobe br_netfilter && sysctl -w net.bridge.bridge-nf-call-iptables=1',
    where: 'host',
    clues: [
      output(/bridge-nf-call-ip6?tables (?:does not exist|contents are not set to 1)/),
      anywhere(/bridge-nf-call-iptables: no such file or directory/),
    ],
    automatic: { remedy: 'try-again', tries: 3 },
  },
  {
    id: 'kernel-incomplete',
    title: { en: 'The kernel lacks something', zh: '内核缺少所需功能' },
    cause: {
      en: 'kubeadm’s look at the kernel failed: {what} is missing.',
      zh: 'kubeadm 的内核检查失败：缺少 {what}。',
    },
    remedy: {
      en: 'Boot the distribution’s own kernel. Where cgroups are missing, give the kernel cgroup_enable=memory (or pids) at boot.',
      zh: '请使用发行版自带的内核启动。如果缺少 cgroup，请在内核启动参数中加入 cgroup_enable=memory（或 pids）。',
    },
    command: 'uname -r; cat /proc/cgroups',
    where: 'host',
    clues: [
      anywhere(/missing required cgroups: (?<what>[\w, ]+)/),
      output(/unable to load kernel module: "?(?<what>\w+)/),
      output(/\[ERROR SystemVerification\]: (?<what>unsupported kernel release[^\n]*)/),
    ],
  },
  {
    id: 'cgroup-v1-refused',
    title: { en: 'This kubelet wants cgroup v2', zh: '此版本 kubelet 需要 cgroup v2' },
    cause: {
      en: 'The host uses cgroup v1, and this version of the kubelet refuses it.',
      zh: '该主机使用 cgroup v1，而此版本的 kubelet 不再支持。',
    },
    remedy: {
      en: 'Boot with cgroup v2 (systemd.unified_cgroup_hierarchy=1), or set failCgroupV1: false under kubernetes.components.kubeletConfiguration in the plan.',
      zh: '请以 cgroup v2 启动（systemd.unified_cgroup_hierarchy=1），或在计划的 kubernetes.components.kubeletConfiguration 中设置 failCgroupV1: false。',
    },
    command: 'stat -fc %T /sys/fs/cgroup',
    where: 'host',
    hopeless: true,
    clues: [anywhere(/configured to not run on a host using cgroup v1/)],
  },
  {
    id: 'port-in-use',
    title: { en: 'A port that Kubernetes needs is in use', zh: 'Kubernetes 所需端口被占用' },
    cause: {
      en: 'Another program listens on port {port}: an earlier installation, or a service of the site.',
      zh: '另一个程序正在监听端口 {port}：可能是之前的安装，或站点上的其他服务。',
    },
    remedy: {
      en: 'See whose it is, and stop that program for good. The command shows it and ends it.',
      zh: '请查明是哪个程序并将其停用。该命令会显示并结束它。',
    },
    command: "ss -ltnp 'sport = :{port}'; kill $(ss -Hltnp 'sport = :{port}' | grep -o 'pid=[0-9]*' | cut -d= -f2)",
    where: 'host',
    clues: [
      output(/Port (?<port>\d+) is in use/),
      kubelet(/listen tcp \S*:(?<port>\d+): bind: address already in use/),
    ],
  },
];
