import { output, problem } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** apt, dpkg and their downloads. */
export const packages: readonly Failure[] = [
  {
    id: 'apt-lock-held',
    title: { en: 'Package lock is held by another process', zh: '软件包锁被其他进程占用' },
    cause: {
      en: 'Another apt or dpkg is running (process {pid}), for example unattended-upgrades after boot.',
      zh: '另一个 apt 或 dpkg 正在运行（进程 {pid}），例如开机后的 unattended-upgrades。',
    },
    remedy: { en: 'Wait, or stop the process if it hangs.', zh: '请等待；若该进程卡住则将其停止。' },
    next: { en: 'muster waits up to 5 minutes, then retries.', zh: 'muster 最多等待 5 分钟，然后重试。' },
    command: 'ps -fp {pid}',
    where: 'host',
    passing: true,
    clues: [
      output(/Could not get lock \S+\. It is held by process (?<pid>\d+)/),
      output(/Could not get lock \S+ - open|dpkg(?:-\w+)? was interrupted.*lock|frontend lock was locked by another/),
    ],
  },
  {
    id: 'dpkg-interrupted',
    title: { en: 'dpkg was interrupted', zh: 'dpkg 被中断' },
    cause: {
      en: 'An installation was interrupted; packages are half-configured.',
      zh: '安装被中断；部分软件包未配置完成。',
    },
    remedy: { en: 'Let dpkg finish the configuration.', zh: '让 dpkg 完成配置。' },
    command: 'dpkg --configure -a && apt-get --yes install --fix-broken',
    where: 'host',
    clues: [output(/dpkg was interrupted, you must manually run|Sub-process \S*dpkg returned an error code/)],
  },
  {
    id: 'apt-mirror-unreachable',
    title: { en: 'Package mirror is unreachable', zh: '软件源镜像不可达' },
    cause: {
      en: 'This host cannot reach {url}: the mirror is down, or a firewall, proxy or route blocks it.',
      zh: '该主机无法访问 {url}：镜像已停止服务，或被防火墙、HTTP 代理或路由阻断。',
    },
    remedy: {
      en: 'Allow the connection, or set another source in kubernetes.packages of the plan.',
      zh: '放行该连接，或在计划的 kubernetes.packages 中设置其他软件源。',
    },
    command: 'curl -sSI -m 10 {url}',
    where: 'host',
    passing: true,
    clues: [
      output(
        /(?:Failed to fetch|Err:\d+) (?<url>https?:\/\/[^\s/]+)\S* .*(?:Could not connect|Cannot initiate the connection|Connection (?:failed|timed out|refused)|Unable to connect|Could not resolve|Temporary failure resolving)/,
      ),
      output(/Could not (?:connect to|resolve) '?(?<url>[\w.-]+(?::\d+)?)/),
      problem('download-failed', {
        url: /^(?<url>https?:\/\/[^\s/]+)/,
        reason: /ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|timeout/i,
      }),
    ],
  },
  {
    id: 'apt-release-missing',
    title: { en: 'Package repository does not exist', zh: '软件仓库不存在' },
    cause: {
      en: 'The server answers but has no repository {url}. The public repository kubernetes-xenial was shut down; some mirrors still have it.',
      zh: '服务器有应答，但没有仓库 {url}。公共仓库 kubernetes-xenial 已关闭；部分镜像源仍保留。',
    },
    remedy: {
      en: 'Set an existing repository in kubernetes.packages of the plan (aliyun has 1.23 and older).',
      zh: '在计划的 kubernetes.packages 中设置存在的仓库（aliyun 提供 1.23 及更低版本）。',
    },
    command: '',
    where: 'coordinator',
    clues: [
      output(/The repository '(?<url>[^' ]+)[^']*' (?:does not have a Release file|no longer has a Release file)/),
      output(/Failed to fetch (?<url>\S+) .*404 +Not Found/),
    ],
  },
  {
    id: 'package-version-missing',
    title: { en: 'Planned version is not available', zh: '计划版本不可用' },
    cause: { en: 'The package source does not have version {version}.', zh: '软件源中没有版本 {version}。' },
    remedy: {
      en: 'Plan a version that the source offers (the command lists them), or another source.',
      zh: '在计划中使用软件源提供的版本（该命令会列出），或换用其他软件源。',
    },
    command: 'apt-cache madison kubeadm',
    where: 'host',
    clues: [problem('version-unavailable'), output(/E: Version '(?<version>[^']+)' for '[^']+' was not found/)],
  },
  {
    id: 'package-missing',
    title: { en: 'A package is not available', zh: '某个软件包不可用' },
    cause: { en: 'No package source of this host has {name}.', zh: '该主机的软件源中没有 {name}。' },
    remedy: {
      en: 'Set runtime.package in the plan to a package of your distribution, or add the package’s source to this host.',
      zh: '在计划中将 runtime.package 设为发行版提供的软件包，或为该主机添加相应的软件源。',
    },
    command: 'apt-cache policy {name}',
    where: 'host',
    clues: [
      output(/Unable to locate package (?<name>[\w.+-]+)/),
      output(/Package '?(?<name>[\w.+-]+)'? (?:is not available, but is referred|has no installation candidate)/),
    ],
  },
  {
    id: 'repository-key-wrong',
    title: { en: 'Repository signing key does not match', zh: '软件仓库签名密钥不匹配' },
    cause: {
      en: 'The repository is signed with a key that this host does not have: it was replaced, has expired, or belongs to another repository.',
      zh: '该仓库的签名密钥不在该主机上：密钥已更换、已过期，或属于其他仓库。',
    },
    remedy: {
      en: 'If this persists, correct kubernetes.packages.key in the plan.',
      zh: '若持续出现，请更正计划中的 kubernetes.packages.key。',
    },
    next: { en: 'muster fetches the planned key again and retries.', zh: 'muster 会重新获取计划中的密钥并重试。' },
    command: 'rm -f /etc/apt/keyrings/muster-kubernetes.asc && systemctl restart muster-agent',
    where: 'host',
    passing: true,
    clues: [
      output(
        /NO_PUBKEY|EXPKEYSIG|KEYEXPIRED|BADSIG|REVKEYSIG|is not signed\.|signatures were invalid|couldn't be verified because the public key is not available/,
      ),
    ],
    automatic: { remedy: 'fetch-key-again', tries: 2 },
  },
  {
    id: 'sources-conflict',
    title: { en: 'Two apt sources use different keys for one repository', zh: '两个 apt 源对同一仓库使用不同密钥' },
    cause: {
      en: 'apt fails: two files in /etc/apt name {url} with different signing keys (signed-by).',
      zh: 'apt 失败：/etc/apt 中有两个文件以不同的签名密钥（signed-by）指向 {url}。',
    },
    remedy: {
      en: 'Remove one of the files that the command lists. For the Kubernetes repository, muster comments out the other entry.',
      zh: '删除该命令列出的文件之一。对于 Kubernetes 仓库，muster 会注释掉另一条目。',
    },
    command: 'grep -rF {url} /etc/apt/sources.list /etc/apt/sources.list.d',
    where: 'host',
    clues: [output(/Conflicting values set for option Signed-By regarding source (?<url>[^\s]+?)\/? /)],
  },
  {
    id: 'key-mismatch',
    title: { en: 'Repository key does not match the plan', zh: '仓库密钥与计划不符' },
    cause: {
      en: 'The downloaded repository key has another SHA-256 than the plan.',
      zh: '下载的仓库密钥的 SHA-256 与计划不符。',
    },
    remedy: {
      en: 'Find out who replaced the key before you change the plan: its owner decides what is installed.',
      zh: '在修改计划之前查明是谁更换了密钥：密钥的持有者决定安装的内容。',
    },
    command: '',
    where: 'coordinator',
    clues: [problem('key-mismatch'), problem('key-unreadable')],
  },
  {
    id: 'package-damaged',
    title: { en: 'A download is corrupt', zh: '下载的文件损坏' },
    cause: {
      en: 'The mirror’s file does not match the size or hash in its index: the mirror is synchronising, or a cache is stale.',
      zh: '镜像的文件与索引中的大小或哈希不符：镜像正在同步，或缓存已过期。',
    },
    remedy: { en: 'No action needed.', zh: '无需操作。' },
    next: { en: 'muster empties the package cache and retries.', zh: 'muster 会清空软件包缓存并重试。' },
    command: 'apt-get clean && rm -rf /var/lib/apt/lists/* && apt-get update',
    where: 'host',
    clues: [output(/Hash Sum mismatch|File has unexpected size|Mirror sync in progress/)],
    automatic: { remedy: 'clean-package-cache', tries: 2 },
  },
  {
    id: 'packages-conflict',
    title: { en: 'Packages conflict', zh: '软件包冲突' },
    cause: {
      en: 'An installed package conflicts with a package that muster has to install.',
      zh: '已安装的软件包与 muster 需要安装的软件包冲突。',
    },
    remedy: {
      en: 'Remove the conflicting package (often containerd.io next to containerd), or set runtime.package in the plan to it.',
      zh: '卸载冲突的软件包（常见为 containerd.io 与 containerd），或在计划中将 runtime.package 设为它。',
    },
    command: 'apt-get install --simulate kubeadm kubelet kubectl',
    where: 'host',
    clues: [
      output(
        /unmet dependencies|you have held broken packages|unable to correct problems|Conflicts: \S+|trying to overwrite '[^']+'/i,
      ),
    ],
  },
];
