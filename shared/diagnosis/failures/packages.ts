import { anywhere, hint, output, problem } from '../clue.ts';
import type { Failure } from '../failure.ts';

const releaseMissing =
  "The repository '(?<url>(?<source>[^' ]+)(?: [^' ]+)?)[^']*' (?:does not have a Release file|no longer has a Release file)";
const byProxy = /response from proxy|403 +Proxy/;
/** As apt, OpenSSL and Node.js report it. */
const untrusted =
  /(?<reason>certificate verification failed[^/]{0,160}|[^:/]{0,40}certificate (?:in certificate chain|is NOT trusted)|certificate verify failed|unable to (?:verify the first|get (?:local )?issuer) certificate|Hostname\/IP does not match certificate[^/]{0,80}|(?:certificate chain uses expired|certificate has expired$))/i;

/** Packages and where they come from. */
export const packages: readonly Failure[] = [
  {
    id: 'apt-lock-held',
    title: { en: 'Package lock is held by another process', zh: '软件包锁被其他进程占用' },
    cause: {
      en: 'Another apt or dpkg is running, for example unattended-upgrades after boot.',
      zh: '另一个 apt 或 dpkg 正在运行，例如开机后的 unattended-upgrades。',
    },
    remedy: { en: 'Wait; stop the process only if it hangs.', zh: '请等待；仅在该进程卡住时才将其停止。' },
    next: {
      en: 'muster waits up to 10 minutes for the lock, then retries.',
      zh: 'muster 最多等待 10 分钟以获取锁，然后重试。',
    },
    command: 'ps -eo pid,etime,args | grep -E "[a]pt|[d]pkg|[u]nattended-upgr"',
    where: 'host',
    passing: true,
    explains: ['dpkg-interrupted', 'package-script-failed'],
    clues: [
      problem('package-lock-held'),
      output(/Could not get lock \S+\. It is held by process \d+/),
      output(/debconf: DbDriver \S{1,40} \S{1,120} is locked by another process/),
      // It asks "are you root?" where the lock's file cannot be written.
      output(
        /Could not get lock \S+ - open|Unable to (?:acquire the dpkg frontend lock|lock the administration directory) \(.{1,80}\), is another process/,
      ),
      output(/dpkg (?:frontend(?: lock)?|status database|database lock) (?:is|was) locked by another process/),
    ],
  },
  {
    id: 'dpkg-interrupted',
    title: { en: 'dpkg was interrupted', zh: 'dpkg 被中断' },
    cause: {
      en: 'An installation was interrupted; packages are half-configured ({what}).',
      zh: '安装被中断；部分软件包未配置完成（{what}）。',
    },
    remedy: { en: 'Let dpkg finish the configuration.', zh: '让 dpkg 完成配置。' },
    command: 'dpkg --force-confold --configure -a && apt-get --yes install --fix-broken',
    where: 'host',
    clues: [
      output(/dpkg: (?<what>error processing (?:package|archive) \S{1,200})/),
      output(/(?<what>dpkg was interrupted|Sub-process \S{0,40}dpkg returned an error code|Unmet dependencies)/),
    ],
  },
  {
    id: 'proxy-refused',
    title: { en: 'Proxy requires another user or password', zh: 'HTTP 代理要求其他用户或密码' },
    cause: {
      en: 'The proxy refused the request (HTTP 407): it requires a user and password, or another one than the plan has.',
      zh: 'HTTP 代理拒绝了请求（HTTP 407）：它要求用户和密码，或与计划中的不同。',
    },
    remedy: {
      en: 'Correct proxy in the plan: http://USER:PASSWORD@HOST:PORT, with special characters percent-encoded.',
      zh: '更正计划中的 proxy：http://用户:密码@主机:端口，特殊字符使用百分号编码。',
    },
    command: '',
    where: 'coordinator',
    explains: ['registry-unreachable', 'image-missing', 'registry-denied', 'apt-mirror-unreachable'],
    clues: [
      anywhere(/\b407 +Proxy Authentication|Proxy Authentication Required/i),
      problem('download-failed', { reason: /\b407\b/ }),
    ],
  },
  {
    id: 'apt-mirror-unreachable',
    title: { en: 'Package mirror is unreachable', zh: '软件包镜像源不可达' },
    cause: {
      en: 'This host cannot reach {url}: the mirror is down, or a firewall, proxy or route blocks it.',
      zh: '该主机无法访问 {url}：镜像源已停止服务，或被防火墙、HTTP 代理或路由阻断。',
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
        /(?:Failed to fetch|Err:\d+) (?<url>https?:\/\/[^\s/]+)\S* .*(?:Could not connect|Cannot initiate the connection|Connection (?:failed|timed out|refused)|Operation timed out|Unable to connect|Could not resolve|Temporary failure resolving|Something wicked happened resolving|Could not wait|Error reading from server|Read error|Invalid response from proxy|closed (?:the )?connection|SSL connection failed(?!.*certificate verify)|TLS connection was non-properly terminated|\b50[0-4] +[A-Z]|403 +Proxy|(?:Network is|Host) unreachable|No route to host)/,
      ),
      output(/Failed to fetch (?<url>https?:\/\/[^\s/]+)\S* .*Could not handshake(?!.*certificate)/i),
      output(/Could not (?:connect to|resolve(?: host:)?) '?(?!host:)(?<url>[\w.-]+(?::\d+)?)/),
      output(/Failed to connect to (?<url>[\w.-]{1,253}) port \d{1,5}/),
      output(/Unable to connect to (?<url>[\w.-]{1,253}:\d{1,5})/),
      problem('package-source-failed', {
        reason: /(?<url>https?:\/\/\S+).*(?:Could not|Connection|Temporary failure)/,
      }),
      problem('download-failed', {
        url: /^(?<url>https?:\/\/[^\s/]+)/,
        reason: /ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|timeout/i,
      }),
    ],
  },
  {
    id: 'source-cdrom',
    title: { en: 'A package source is a CD-ROM', zh: '有软件源是光盘' },
    cause: {
      en: 'The installer of the distribution left a CD-ROM in /etc/apt, which apt cannot update.',
      zh: '发行版的安装程序在 /etc/apt 中留下了光盘条目，apt 无法更新它。',
    },
    remedy: { en: 'Comment the entry out.', zh: '将该条目注释掉。' },
    next: { en: 'muster installs without this source.', zh: 'muster 会忽略该软件源继续安装。' },
    command: "sed -i '/^deb.*cdrom:/s/^/# /' /etc/apt/sources.list",
    where: 'host',
    explains: ['apt-release-missing'],
    clues: [hint(/cdrom:\/\/|Please use apt-cdrom|Media change: please insert the disc/)],
  },
  {
    id: 'package-source-untrusted',
    title: { en: 'Package source’s certificate is not trusted', zh: '软件源的证书不受信任' },
    cause: {
      en: 'The package source answers with a certificate that this host does not trust: {reason}.',
      zh: '软件源的证书不受该主机信任：{reason}。',
    },
    remedy: {
      en: 'Install the CA of the source (or of the proxy that intercepts TLS) on this host, or plan a source with a public certificate.',
      zh: '在该主机上安装软件源（或拦截 TLS 的代理）的 CA，或在计划中使用具有公共证书的软件源。',
    },
    command: 'cp CA.crt /usr/local/share/ca-certificates/ && update-ca-certificates',
    where: 'host',
    clues: [
      problem('package-source-failed', { reason: untrusted }),
      problem('download-failed', { reason: untrusted }),
      hint(untrusted),
    ],
  },
  {
    id: 'apt-release-missing',
    title: { en: 'Package repository does not exist', zh: '软件仓库不存在' },
    cause: {
      en: 'The server answers but has no repository {url}, which a file in /etc/apt names. apt.kubernetes.io and packages.cloud.google.com were shut down; some mirrors still have kubernetes-xenial.',
      zh: '服务器有应答，但没有 /etc/apt 中某文件所指的仓库 {url}。apt.kubernetes.io 与 packages.cloud.google.com 已关闭；部分镜像源仍保留 kubernetes-xenial。',
    },
    remedy: {
      en: 'The command shows the file and line: comment it out there. If it is muster-kubernetes.list, set an existing repository in kubernetes.packages of the plan instead.',
      zh: '该命令会显示文件和行号：请在该处将其注释掉。若为 muster-kubernetes.list，则改为在计划的 kubernetes.packages 中设置存在的仓库。',
    },
    next: {
      en: 'muster installs without a source that is not in the plan, and retries the planned one.',
      zh: '对不在计划中的软件源，muster 会忽略并继续安装；对计划中的软件源会重试。',
    },
    command: 'grep -rnF {source} /etc/apt/sources.list /etc/apt/sources.list.d',
    where: 'host',
    clues: [
      problem('package-source-failed', { reason: new RegExp(releaseMissing) }),
      hint(new RegExp(`^(?:apt: )?E(?:rror)?: .*${releaseMissing}`)),
      hint(/Failed to fetch (?!\S+\.deb )(?<url>(?<source>\S+?)\/dists\/[^\s/]+)\/\S* .*\b4(?:0[134]|10|51) +[A-Z]/, {
        unless: byProxy,
      }),
      // A flat one.
      hint(
        /Failed to fetch (?!\S+\.deb )(?<url>(?<source>\S+?))(?:\/\.)?\/(?:In)?(?:Release|Packages)\S* .*\b4(?:0[134]|10|51) +[A-Z]/,
        { unless: byProxy },
      ),
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
    id: 'package-unsuitable',
    title: { en: 'A package does not fit the Kubernetes version', zh: '软件包与 Kubernetes 版本不匹配' },
    cause: {
      en: '{name} {version} cannot be used with Kubernetes {kubernetes}; nothing was installed.',
      zh: '{name} {version} 不能用于 Kubernetes {kubernetes}；未安装任何软件包。',
    },
    remedy: {
      en: 'Set runtime.version and runtime.packages in the plan to a supported version (the command lists what this host is offered).',
      zh: '在计划中将 runtime.version 和 runtime.packages 设为受支持的版本（该命令会列出可用的版本）。',
    },
    command: 'apt-cache policy {name}',
    where: 'host',
    clues: [problem('package-unsuitable')],
  },
  {
    id: 'package-pinned',
    title: { en: 'apt’s preferences exclude a package', zh: 'apt 的首选项排除了某个软件包' },
    cause: {
      en: 'A package source offers {name}, but a file in /etc/apt/preferences.d gives all its versions a negative priority; nothing was installed.',
      zh: '软件源提供 {name}，但 /etc/apt/preferences.d 中的某个文件为其所有版本设置了负优先级；未安装任何软件包。',
    },
    remedy: {
      en: 'Remove that entry (the command lists those with a negative priority), or plan another package.',
      zh: '删除该条目（该命令会列出负优先级的条目），或在计划中使用其他软件包。',
    },
    command: 'grep -rns -B3 "Pin-Priority: *-" /etc/apt/preferences /etc/apt/preferences.d',
    where: 'host',
    clues: [problem('package-pinned')],
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
      problem('package-unavailable'),
      output(/Unable to locate package (?<name>[\w.+-]+)/),
      output(/Package '?(?<name>[\w.+-]+)'? (?:is not available, but is referred|has no installation candidate)/),
    ],
  },
];
