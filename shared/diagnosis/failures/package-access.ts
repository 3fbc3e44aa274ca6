import { hint, output, problem } from '../clue.ts';
import type { Failure } from '../failure.ts';

const isPage = /Clearsigned file isn't valid, got '(?:NOSPLIT|NODATA)'|does the network require authentication/;

/** What keeps apt from reading a source that exists: its configuration, keyrings, programs and the network. */
export const packageAccess: readonly Failure[] = [
  {
    id: 'source-answered-otherwise',
    title: { en: 'Another server answers for a package source', zh: '软件源由其他服务器应答' },
    cause: {
      en: 'The answer of {url} is not a package index: a login page, a proxy or a filter answers in its place.',
      zh: '{url} 返回的不是软件包索引：由登录页面、HTTP 代理或过滤设备代为应答。',
    },
    remedy: {
      en: 'Allow the address in the proxy or filter, or plan another source. The command shows the answer.',
      zh: '在代理或过滤设备中放行该地址，或在计划中使用其他软件源。该命令会显示应答。',
    },
    command: 'curl -sSIL -m 10 {url}',
    where: 'host',
    explains: ['repository-key-wrong', 'apt-release-missing'],
    clues: [
      problem('package-source-failed', { reason: new RegExp(`(?<url>https?://[^\\s']+).*(?:${isPage.source})`) }),
      hint(new RegExp(`(?<url>https?://[^\\s']{1,300})\\s.{0,100}?(?:${isPage.source})`)),
      hint(isPage),
    ],
  },
  {
    id: 'release-info-changed',
    title: { en: 'A repository’s release information changed', zh: '仓库的发布信息已变更' },
    cause: {
      en: 'apt refuses {url}: its {field} changed since the last update, and apt requires consent.',
      zh: 'apt 拒绝 {url}：其 {field} 自上次更新后发生了变化，apt 要求确认。',
    },
    remedy: {
      en: 'Accept the change if the repository is the intended one.',
      zh: '若确为所需的仓库，请接受该变更。',
    },
    command: 'apt-get update --allow-releaseinfo-change',
    where: 'host',
    clues: [
      problem('package-source-failed', {
        reason: /Repository '(?<url>[^' ]+)[^']*' changed its '(?<field>\w+)' value/,
      }),
      hint(
        /^(?:apt: )?E(?:rror)?: Repository '(?<url>[^' ]{1,300})[^']{0,200}' changed its '(?<field>\w{1,40})' value/,
      ),
    ],
  },
  {
    id: 'release-outdated',
    title: { en: 'A repository’s index is outdated', zh: '仓库的索引已过期' },
    cause: {
      en: 'apt refuses {url}, whose index expired {age} ago: the mirror is no longer updated, the release is archived, or the clock of this host is ahead.',
      zh: 'apt 拒绝 {url}，其索引已过期 {age}：镜像源不再更新、该版本已归档，或该主机的时钟偏快。',
    },
    remedy: {
      en: 'Check the date (the command shows it and the file). If it is right, use a mirror that is updated; for an archived release, add the option check-valid-until=no to its line, or Check-Valid-Until: no to its stanza in a .sources file.',
      zh: '检查日期（该命令会显示日期和文件）。若日期正确，请使用持续更新的镜像源；对于已归档的版本，在其所在行添加选项 check-valid-until=no，或在 .sources 文件的对应段落中添加 Check-Valid-Until: no。',
    },
    command: 'date; grep -rn -e ^deb -e ^URIs /etc/apt/sources.list /etc/apt/sources.list.d',
    where: 'host',
    clues: [
      problem('package-source-failed', {
        reason: /Release file for (?<url>\S+) is expired \(invalid since (?<age>[\w ]+)\)/,
      }),
      hint(/Release file for (?<url>\S{1,300}) is expired \(invalid since (?<age>[\w ]{1,60})\)/),
    ],
  },
  {
    id: 'keyring-unusable',
    title: { en: 'apt ignores a keyring', zh: 'apt 忽略某个密钥环' },
    cause: {
      en: 'apt ignores {file}, which {reason}; the repository counts as unsigned.',
      zh: 'apt 忽略 {file}（{reason}）；该仓库被视为未签名。',
    },
    remedy: {
      en: 'Make the file readable for all users; a key in ASCII must be converted or end in .asc. The command does both.',
      zh: '使所有用户可读该文件；ASCII 格式的密钥须转换，或以 .asc 结尾。该命令会完成这两项。',
    },
    command:
      "if grep -q BEGIN {file}; then sed '1,/^$/d;/^[=-]/d' {file} | base64 -d >{file}.new && mv {file}.new {file}; fi; chmod a+r {file}",
    where: 'host',
    explains: ['repository-key-wrong'],
    clues: [
      hint(
        /The key\(s\) in the keyring (?<file>\/\S{1,200}) are ignored as the file (?<reason>is not readable by user '\w{1,30}'|has an unsupported filetype)/,
      ),
    ],
  },
  {
    id: 'keyring-unreadable',
    title: { en: 'A repository’s keyring cannot be read', zh: '无法读取仓库的密钥环' },
    cause: {
      en: 'apt cannot verify a repository: its keyring {file} does not exist, or contains no OpenPGP keys.',
      zh: 'apt 无法验证某个仓库：其密钥环 {file} 不存在，或其中没有 OpenPGP 密钥。',
    },
    remedy: {
      en: 'Put the repository’s key there, or comment out the source, which the command shows with its line.',
      zh: '将该仓库的密钥放到该处，或将该软件源注释掉；该命令会显示其文件和行号。',
    },
    next: {
      en: 'muster fetches the planned key again and installs without a source that is not in the plan.',
      zh: 'muster 会重新获取计划中的密钥；对不在计划中的软件源，会忽略并继续安装。',
    },
    command: 'ls -l {file}; grep -rnF {file} /etc/apt/sources.list /etc/apt/sources.list.d',
    where: 'host',
    explains: ['repository-key-wrong'],
    clues: [hint(/Failed to parse keyring "?(?<file>\/[\w.+/-]{1,200})/)],
  },
  {
    id: 'signature-program-missing',
    title: { en: 'The program that verifies signatures is missing', zh: '缺少验证签名的程序' },
    cause: {
      en: 'apt cannot verify repositories: the program for it (gpgv or GnuPG) is not installed on this host.',
      zh: 'apt 无法验证仓库：该主机未安装所需的程序（gpgv 或 GnuPG）。',
    },
    remedy: { en: 'Install it from the distribution.', zh: '从发行版安装它。' },
    command: ({ install }) => install(['gpgv', 'gnupg']),
    where: 'host',
    explains: ['repository-key-wrong'],
    clues: [
      hint(
        /gnupg1 do not seem to be installed|gpgv1 required for verification|Couldn't execute \S{0,60}(?:gpgv|sqv)\b/,
      ),
    ],
  },
  {
    id: 'apt-method-missing',
    title: { en: 'apt lacks a download method', zh: 'apt 缺少某种下载方法' },
    cause: {
      en: 'A package source uses {method}, and apt on this host has no program for it.',
      zh: '某个软件源使用 {method}，而该主机的 apt 没有对应的程序。',
    },
    remedy: {
      en: 'Install apt’s method, or comment the source out; the command shows its file and line.',
      zh: '安装 apt 的该方法，或将该软件源注释掉；该命令会显示其文件和行号。',
    },
    next: {
      en: 'muster installs without a source that is not in the plan.',
      zh: 'muster 会忽略不在计划中的软件源继续安装。',
    },
    command: ({ install }) =>
      `grep -rn {method}: /etc/apt/sources.list /etc/apt/sources.list.d; ${install(['apt-transport-{method}'])}`,
    where: 'host',
    clues: [hint(/The method driver \/usr\/lib\/apt\/methods\/(?<method>[\w+.-]{1,40}) could not be found/)],
  },
  {
    id: 'tmp-unwritable',
    title: { en: '/tmp is not writable for apt', zh: 'apt 无法写入 /tmp' },
    cause: {
      en: 'apt’s own user cannot create files in /tmp, so no signature can be verified: its mode is not 1777.',
      zh: 'apt 自己的用户无法在 /tmp 中创建文件，因此无法验证签名：其权限不是 1777。',
    },
    remedy: { en: 'Restore the mode of /tmp.', zh: '恢复 /tmp 的权限。' },
    command: 'chown root:root /tmp && chmod 1777 /tmp',
    where: 'host',
    explains: ['repository-key-wrong'],
    clues: [hint(/(?:Couldn't create temporary file|Unable to mkstemp|Unable to create temporary) ?\S{0,20}\/tmp\//)],
  },
  {
    id: 'apt-hook-failed',
    title: { en: 'An apt hook fails', zh: 'apt 钩子失败' },
    cause: {
      en: 'apt fails because of a hook of another program ({hook}): {what}.',
      zh: 'apt 因其他程序的钩子（{hook}）而失败：{what}。',
    },
    remedy: {
      en: 'Repair or remove the program; the command shows the file that contains the hook.',
      zh: '修复或卸载该程序；该命令会显示包含该钩子的文件。',
    },
    command: 'grep -rn Invoke /etc/apt/apt.conf.d',
    where: 'host',
    explains: ['dpkg-interrupted'],
    clues: [
      output(/Problem executing scripts (?<hook>[\w:-]{1,60}) '(?<what>[^']{1,200})/),
      output(/Sub-process (?<what>\/\S{1,120}) (?:returned an error code|exited unexpectedly)/, {
        values: { hook: 'DPkg::Pre-Install-Pkgs' },
        unless: /\/(?:dpkg|sqv|gpgv|gzip|xz|lz4|store|http|https|mirror)\b|error message is/,
      }),
    ],
  },
  {
    id: 'apt-config-broken',
    title: { en: 'apt’s configuration is invalid', zh: 'apt 配置无效' },
    cause: { en: 'apt refuses its configuration in {file}: {what}.', zh: 'apt 拒绝 {file} 中的配置：{what}。' },
    remedy: { en: 'Correct the file.', zh: '更正该文件。' },
    command: 'apt-config dump >/dev/null; grep -rn . {file}',
    where: 'host',
    clues: [
      output(/Syntax error (?<file>\/etc\/apt\/[\w./-]{1,200}):\d{1,5}: (?<what>.{1,120})/),
      output(
        /(?<what>Invalid record in the preferences file|Did not understand pin type \S{1,40} in) (?<file>\/\S{1,200}?)(?:,|$)/,
      ),
      output(/(?<what>The value '[^']{1,80}' is invalid for APT::Default-Release)/, {
        values: { file: '/etc/apt/apt.conf.d' },
      }),
    ],
  },
];
