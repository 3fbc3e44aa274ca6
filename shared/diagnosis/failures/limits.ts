import { anywhere, kubelet } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** Limits of the kernel. Several of them report "no space left on device" although no disk is full. */
export const limits: readonly Failure[] = [
  {
    id: 'too-many-files',
    title: { en: 'Too many open files or inotify watches', zh: '打开的文件或 inotify 监视过多' },
    cause: {
      en: 'This host has reached its limit of open files or inotify watches. The kernel reports it as “no space left on device”; no disk is full.',
      zh: '该主机的打开文件数或 inotify 监视数已达上限。内核会报告“no space left on device”，但磁盘并未满。',
    },
    remedy: { en: 'Raise the limits, also for the next boot.', zh: '提高上限，并在下次启动时保留。' },
    command:
      "printf 'fs.inotify.max_user_instances=8192\\nfs.inotify.max_user_watches=524288\\nfs.file-max=1000000\\n' > /etc/sysctl.d/90-limits.conf && sysctl -p /etc/sysctl.d/90-limits.conf && systemctl restart kubelet {runtime}",
    where: 'host',
    explains: ['cri-disabled', 'runtime-start-failed', 'runtime-stopped', 'cni-config-broken', 'api-unreachable'],
    clues: [
      anywhere(
        /\b(?:inotify|fsnotify|[Ww]atch(?:er|es|ing)?)\b.{0,400}?(?:no space left on device|too many open files)/i,
        {
          pods: 'all',
        },
      ),
      anywhere(
        /(?:inotify_(?:init|add_watch)\w*|ENOSPC: System limit for number of file watchers|limit on the total number of inotify watches)\b.{0,300}?(?:no space|too many|reached|ENOSPC)/i,
        {
          pods: 'all',
        },
      ),
      anywhere(/too many open files/i),
    ],
  },
  {
    id: 'cgroups-exhausted',
    title: { en: 'Kernel cannot create cgroups', zh: '内核无法创建 cgroup' },
    cause: {
      en: 'The kernel refuses {cgroup}: its memory cgroups are used up (old kernels leak them), or a cgroup’s limit or CPU set is. No disk is full.',
      zh: '内核拒绝 {cgroup}：内存 cgroup 已耗尽（旧内核存在泄漏），或某个 cgroup 的上限或 CPU 集已用尽。磁盘并未满。',
    },
    remedy: {
      en: 'Reboot the host. If it recurs, install a newer kernel, or boot with cgroup.memory=nokmem.',
      zh: '重启该主机。若再次出现，请安装更新的内核，或使用 cgroup.memory=nokmem 启动。',
    },
    command: 'uname -r; cat /proc/cgroups; find /sys/fs/cgroup -type d | wc -l',
    where: 'host',
    explains: ['container-init-failed', 'api-unreachable'],
    clues: [
      anywhere(
        /(?<cgroup>\/sys\/fs\/cgroup(?:\/[\w.:@\\-]{1,120}){0,12})"?: ?(?:no space left on device|cannot allocate memory|resource temporarily unavailable)/i,
        { pods: 'all', unless: /inotify|fsnotify/ },
      ),
      anywhere(/create (?<cgroup>cgroup\S{0,100}).{0,160}?(?:no space left on device|cannot allocate memory)/i, {
        pods: 'all',
        unless: /inotify|fsnotify|\/(?:var|run|tmp)\/\S{1,200}: no space left/i,
      }),
    ],
  },
  {
    id: 'namespaces-exhausted',
    title: { en: 'Kernel limit of namespaces or mounts is reached', zh: '已达内核命名空间或挂载数上限' },
    cause: {
      en: 'The kernel refuses a new namespace or mount (user.max_*_namespaces, fs.mount-max) and reports “no space left on device”; no disk is full.',
      zh: '内核拒绝新的命名空间或挂载（user.max_*_namespaces、fs.mount-max），并报告“no space left on device”；磁盘并未满。',
    },
    remedy: { en: 'Raise the limit that is 0 or too low.', zh: '提高为 0 或过低的上限。' },
    command: 'sysctl fs.mount-max && sysctl -a 2>/dev/null | grep -E "^user\\.max_.*_namespaces"',
    where: 'host',
    explains: ['container-init-failed', 'api-unreachable'],
    clues: [
      anywhere(
        /\b(?:unshare|clone|setns|user namespaces?|max_user_namespaces)\b.{0,200}?no space left on device|fork\/exec \S{1,200}: no space left on device/i,
        {
          pods: 'all',
        },
      ),
      anywhere(/user namespaces? (?:are|is) (?:exhausted|disabled)|max_user_namespaces\b.{0,60}\b0\b/i, {
        pods: 'all',
      }),
    ],
  },
  {
    id: 'kernel-keys-exhausted',
    title: { en: 'Kernel’s key quota is used up', zh: '内核密钥配额已用尽' },
    cause: {
      en: 'runc cannot create a session key: the quota of kernel keys is used up. The kernel reports it as “disk quota exceeded”; no disk is full.',
      zh: 'runc 无法创建会话密钥：内核密钥配额已用尽。内核会报告“disk quota exceeded”，但磁盘并未满。',
    },
    remedy: { en: 'Raise the quota.', zh: '提高配额。' },
    command: 'sysctl -w kernel.keys.maxkeys=20000 kernel.keys.root_maxkeys=1000000 kernel.keys.root_maxbytes=25000000',
    where: 'host',
    explains: ['container-init-failed', 'api-unreachable'],
    clues: [anywhere(/(?:session key|keyring|keyctl).{0,200}?disk quota exceeded/i, { pods: 'all' })],
  },
  {
    id: 'network-tables-full',
    title: { en: 'Kernel’s network tables are full', zh: '内核网络表已满' },
    cause: {
      en: 'The kernel’s table of {table} is full: connections fail although the network is up.',
      zh: '内核的 {table} 表已满：网络正常，但连接失败。',
    },
    remedy: { en: 'Raise the limits of the tables.', zh: '提高这些表的上限。' },
    command:
      'sysctl -w net.netfilter.nf_conntrack_max=524288 net.ipv4.neigh.default.gc_thresh2=4096 net.ipv4.neigh.default.gc_thresh3=8192',
    where: 'host',
    clues: [
      anywhere(/(?<table>nf_conntrack): table full/),
      anywhere(/(?<table>neighbour|arp_cache|route cache)\S{0,20}:? (?:\w+: )?(?:neighbor )?table (?:overflow|full)/i),
      anywhere(
        /(?<table>RTNETLINK|ipset|ip_set|ipvs|netlink)\b.{0,200}?(?:no space left on device|(?:[Hh]ash|[Ss]et) is full)/i,
        { pods: 'all' },
      ),
    ],
    explains: ['api-unreachable'],
  },
  {
    id: 'out-of-memory',
    title: { en: 'Out of memory', zh: '内存耗尽' },
    cause: {
      en: 'Memory of this host ran out: the kernel killed a process, or the kubelet evicts pods ({what}).',
      zh: '该主机的内存已耗尽：内核终止了某个进程，或 kubelet 正在驱逐 Pod（{what}）。',
    },
    remedy: {
      en: 'Add memory: a control plane needs 2 GB, a worker 1 GB plus the memory of its pods.',
      zh: '增加内存：控制平面需要 2 GB，工作节点需要 1 GB 加上其 Pod 的用量。',
    },
    command: 'free -m; dmesg | grep -i "out of memory" | tail -n 3',
    where: 'host',
    explains: ['container-init-failed', 'runtime-stopped', 'kubelet-stopped', 'etcd-slow-disk', 'api-unreachable'],
    clues: [
      anywhere(
        /(?<what>\bout of memory\b.{0,80}|cannot allocate memory|oom-kill:constraint=CONSTRAINT_(?:NONE|CPUSET|MEMORY_POLICY)|killed by the OOM killer|OOMKilling|result 'oom-kill'|\bSystemOOM\b|System OOM encountered.{0,80})/i,
        {
          unless:
            /(?:\/sys\/fs\/cgroup\S{0,300}|create cgroup.{0,160}?): cannot allocate memory|Memory cgroup out of memory|CONSTRAINT_MEMCG/,
        },
      ),
      kubelet(/(?<what>\bNodeHasInsufficientMemory\b|KubeletHasInsufficientMemory|condition: \[MemoryPressure)/),
      kubelet(/eviction manager: (?:attempting to reclaim|must evict).{0,120}?\b(?<what>memory)\b/i),
    ],
  },
  {
    id: 'processes-exhausted',
    title: { en: 'Process limit is reached', zh: '已达进程数上限' },
    cause: {
      en: 'No further process or thread can start: the host’s process IDs or a unit’s TasksMax are used up (PIDPressure).',
      zh: '无法启动新的进程或线程：主机的进程 ID 或某个单元的 TasksMax 已用尽（PIDPressure）。',
    },
    remedy: { en: 'Stop what starts the processes, or raise the limit.', zh: '停止产生这些进程的程序，或提高上限。' },
    command: 'sysctl kernel.pid_max kernel.threads-max; ps -eo comm | sort | uniq -c | sort -rn | head -n 5',
    where: 'host',
    explains: ['container-init-failed', 'runtime-stopped', 'api-unreachable'],
    clues: [
      anywhere(/failed to create new OS thread|pthread_create failed|cannot fork\b|can't fork\b|fork: retry/i),
      anywhere(/(?:fork\/exec|clone|\bfork)\b.{0,200}?resource temporarily unavailable/i),
      kubelet(/\bNodeHasInsufficientPID\b|KubeletHasInsufficientPID|condition: \[PIDPressure/),
      kubelet(/eviction manager: (?:attempting to reclaim|must evict).{0,120}?\bpids?\b/i),
    ],
  },
  {
    id: 'kernel-parameters-differ',
    title: { en: 'Kernel parameters do not match protectKernelDefaults', zh: '内核参数不符合 protectKernelDefaults' },
    cause: {
      en: 'The kubelet exits: {parameter} is {actual}, and protectKernelDefaults requires {expected}.',
      zh: 'kubelet 退出：{parameter} 为 {actual}，而 protectKernelDefaults 要求 {expected}。',
    },
    remedy: {
      en: 'Set the parameters (the command does), or remove protectKernelDefaults from kubernetes.components.kubeletConfiguration of the plan.',
      zh: '设置这些参数（该命令会设置），或从计划的 kubernetes.components.kubeletConfiguration 中删除 protectKernelDefaults。',
    },
    command:
      "printf 'vm.overcommit_memory=1\\nvm.panic_on_oom=0\\nkernel.panic=10\\nkernel.panic_on_oops=1\\nkernel.keys.root_maxkeys=1000000\\nkernel.keys.root_maxbytes=25000000\\n' > /etc/sysctl.d/90-kubelet.conf && sysctl -p /etc/sysctl.d/90-kubelet.conf && systemctl restart kubelet",
    where: 'host',
    hopeless: true,
    explains: ['kubelet-stopped', 'api-unreachable'],
    clues: [
      kubelet(
        /invalid kernel flag: (?<parameter>[\w./-]{1,80}), expected value: (?<expected>-?\d{1,20}), actual value: (?<actual>-?\d{1,20})/i,
      ),
    ],
  },
];
