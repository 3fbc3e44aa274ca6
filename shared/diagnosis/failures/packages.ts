import { output } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** apt, dpkg and what they fetch. */
export const packages: readonly Failure[] = [
  {
    id: 'apt-lock-held',
    title: { en: 'Another program holds the package lock', zh: '软件包锁被其他程序占用' },
    cause: {
      en: 'Another apt or dpkg is at work (process {pid}), such as the unattended upgrade after boot.',
      zh: '另一个 apt 或 dpkg 正在运行（进程 {pid}），例如开机后的自动升级。',
    },
    remedy: {
      en: 'muster waits up to 5 minutes for it and then tries again. The command shows who holds it.',
      zh: 'muster 最多等待 5 分钟，然后重试。该命令可查看占用者。',
    },
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
      en: 'An installation was cut short, and packages are half configured.',
      zh: '之前的安装被中断，部分软件包未配置完成。',
    },
    remedy: { en: 'Let dpkg finish what it began.', zh: '请让 dpkg 完成剩余配置。' },
    command: 'dpkg --configure -a && apt-get --yes install --fix-broken',
    where: 'host',
    clues: [output(/dpkg was interrupted, you must manually run|Sub-process \S*dpkg returned an error code/)],
  },
  {
    id: 'apt-mirror-unreachable',
    title: { en: 'The package mirror does not answer', zh: '软件源无法访问' },
    cause: {
      en: 'This host can’t reach {url}: the mirror is down, or a firewall, proxy or route is in the way.',
      zh: '该主机无法访问 {url}：软件源已停止服务，或被防火墙、代理或路由阻断。',
    },
    remedy: {
      en: 'muster tries again by itself. If it lasts, open the way, or name another source under kubernetes.packages in the plan.',
      zh: 'muster 会自动重试。如果持续失败，请放通网络，或在计划的 kubernetes.packages 中改用其他软件源。',
    },
    command: 'curl -sSI -m 10 {url}',
    where: 'host',
    passing: true,
    clues: [
      output(
        /(?:Failed to fetch|Err:\d+) (?<url>https?:\/\/[^\s/]+)\S* .*(?:Could not connect|Cannot initiate the connection|Connection (?:failed|timed out|refused)|Unable to connect|Could not resolve|Temporary failure resolving)/,
      ),
      output(/Could not (?:connect to|resolve) '?(?<url>[\w.-]+(?::\d+)?)/),
      output(
        /(?<url>https?:\/\/[^\s/]+)\S* could not be downloaded: .*(?:ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|timeout)/i,
      ),
    ],
  },
  {
    id: 'apt-release-missing',
    title: { en: 'The package repository is not there', zh: '软件仓库不存在' },
    cause: {
      en: 'The server answers but has no such repository: {url}. The old public repository kubernetes-xenial is gone for good; mirrors still have it.',
      zh: '服务器有响应但没有该仓库：{url}。旧的公共仓库 kubernetes-xenial 已永久下线，部分镜像站仍保留。',
    },
    remedy: {
      en: 'Name a repository that exists under kubernetes.packages in the plan (aliyun has 1.23 and older).',
      zh: '请在计划的 kubernetes.packages 中填写存在的仓库（aliyun 提供 1.23 及更早版本）。',
    },
    command: 'muster plan check /etc/muster/cluster.yaml',
    where: 'coordinator',
    clues: [
      output(/The repository '(?<url>[^' ]+)[^']*' (?:does not have a Release file|no longer has a Release file)/),
      output(/Failed to fetch (?<url>\S+) .*404 +Not Found/),
    ],
  },
  {
    id: 'package-version-missing',
    title: { en: 'The planned version is not offered', zh: '软件源没有计划的版本' },
    cause: {
      en: 'The package source has no {version} of the packages.',
      zh: '软件源中没有版本为 {version} 的软件包。',
    },
    remedy: {
      en: 'Put a version that the source offers into the plan, or another source. The command shows what this host is offered.',
      zh: '请在计划中填写软件源提供的版本，或更换软件源。该命令可列出可用版本。',
    },
    command: 'apt-cache madison kubeadm',
    where: 'host',
    clues: [
      output(/has no kubeadm, kubelet and kubectl (?<version>[\w.+~-]+)/),
      output(/E: Version '(?<version>[^']+)' for '[^']+' was not found/),
    ],
  },
  {
    id: 'package-missing',
    title: { en: 'A package is not offered', zh: '软件源没有所需软件包' },
    cause: { en: 'No package source of this host has {name}.', zh: '该主机的软件源中没有 {name}。' },
    remedy: {
      en: 'Name a package that your distribution has under runtime.package in the plan, or add its source to this host.',
      zh: '请在计划的 runtime.package 中填写发行版提供的软件包，或为该主机添加相应软件源。',
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
    title: { en: 'The repository’s signing key is wrong', zh: '软件仓库签名密钥错误' },
    cause: {
      en: 'The repository is signed with another key than this host has: the key was changed, has expired, or is another repository’s.',
      zh: '软件仓库的签名密钥与该主机上的不一致：密钥已更换、已过期，或属于其他仓库。',
    },
    remedy: {
      en: 'muster fetches the key of the plan once more. If that is not enough, correct kubernetes.packages.key in the plan.',
      zh: 'muster 会重新获取计划中的密钥。如仍失败，请更正计划中的 kubernetes.packages.key。',
    },
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
    title: { en: 'Two files name one repository with different keys', zh: '两个文件以不同密钥指向同一软件仓库' },
    cause: {
      en: 'apt refuses to work: this host has {url} from two files below /etc/apt, each with another signing key (signed-by).',
      zh: 'apt 拒绝工作：该主机 /etc/apt 下有两个文件指向 {url}，且签名密钥（signed-by）不同。',
    },
    remedy: {
      en: 'For Kubernetes’ repository muster comments the other one out by itself. For any other: see which files the command names, and take one away.',
      zh: '对于 Kubernetes 仓库，muster 会自动注释另一处。其他仓库：用该命令查看涉及的文件，并删除其中之一。',
    },
    command: 'grep -rF {url} /etc/apt/sources.list /etc/apt/sources.list.d',
    where: 'host',
    clues: [output(/Conflicting values set for option Signed-By regarding source (?<url>[^\s]+?)\/? /)],
  },
  {
    id: 'key-mismatch',
    title: { en: 'The key is not the one in the plan', zh: '密钥与计划不符' },
    cause: {
      en: 'What was downloaded as the repository’s key has another SHA-256 than the plan says.',
      zh: '下载到的仓库密钥的 SHA-256 与计划中的不一致。',
    },
    remedy: {
      en: 'Find out who changed the key before you change the plan: whoever holds it decides what is installed.',
      zh: '修改计划之前，请先查明是谁更换了密钥：持有密钥者决定安装的内容。',
    },
    command: '',
    where: 'coordinator',
    clues: [output(/has the SHA-256 [0-9a-f]{64}; the plan says/), output(/is not an OpenPGP public key/)],
  },
  {
    id: 'package-damaged',
    title: { en: 'A download is damaged', zh: '下载内容损坏' },
    cause: {
      en: 'What the mirror sent does not have the size or hash that its index says: it is being synchronised, or a cache in between is stale.',
      zh: '软件源返回的内容与索引中的大小或哈希不符：镜像可能正在同步，或中间缓存已过期。',
    },
    remedy: { en: 'It is tried again by itself; emptying the cache helps.', zh: '会自动重试；清空缓存有帮助。' },
    command: 'apt-get clean && rm -rf /var/lib/apt/lists/* && apt-get update',
    where: 'host',
    clues: [output(/Hash Sum mismatch|File has unexpected size|Mirror sync in progress/)],
    automatic: { remedy: 'clean-package-cache', tries: 2 },
  },
  {
    id: 'packages-conflict',
    title: { en: 'Packages exclude each other', zh: '软件包冲突' },
    cause: {
      en: 'What is installed here does not go with what muster has to install.',
      zh: '已安装的软件包与 muster 需要安装的软件包冲突。',
    },
    remedy: {
      en: 'See which package is in the way (often containerd.io beside containerd) and remove it, or name the other in the plan under runtime.package.',
      zh: '请查明冲突的软件包（常见为 containerd.io 与 containerd）并卸载，或在计划的 runtime.package 中使用另一个。',
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
