import { hint, output, problem } from '../clue.ts';
import type { Failure } from '../failure.ts';

const badSignature =
  /NO_PUBKEY|Missing key [0-9A-F]{16,64}, which is needed to verify|EXPKEYSIG|KEYEXPIRED|BADSIG|REVKEYSIG|signatures were invalid|couldn't be verified because the public key is not available|invalid signature was encountered|signature verification failed/i;
const oldSignature =
  /Signature Packet v3 is not considered secure|SHA-?1 is not considered secure|Policy rejected (?:packet type|(?:non-)?revocation signature)/;

/** Where pkgs.k8s.io redirects to: a source names only what follows. */
const redirected = String.raw`https://prod-cdn\.packages\.k8s\.io/repositories/isv:/kubernetes:/`;

/** apt also says this of a repository that it could not fetch. */
const unsigned = hint(/The repository '(?<url>[^' ]{1,300})[^']{0,200}' is not signed\./, { symptom: true });

/** Of an index or a package that does not match its index, or cannot be read. */
const damaged =
  /Hash Sum mismatch|Hashes of (?:expected|received) file|File has unexpected size|Size mismatch|Mirror sync in progress|Bad header data|Undetermined Error|Writing more data than expected|section with no Package: header|unexpected end of file in archive|is not a Debian format archive|compressed data is corrupt|lzma error|zstd error: Unknown frame/;

/** Signatures, entries and indexes of package sources, and the files that they deliver. */
export const packageSources: readonly Failure[] = [
  {
    id: 'signature-refused',
    title: { en: 'apt refuses the kind of the repository’s signature', zh: 'apt 拒绝该仓库的签名类型' },
    cause: {
      en: 'The repository is signed with an old kind of signature (version 3, or with SHA-1), which sqv on Debian 13 and newer refuses since 2026-02-01.',
      zh: '该仓库使用旧类型的签名（第 3 版或 SHA-1），Debian 13 及更新版本的 sqv 自 2026-02-01 起拒绝此类签名。',
    },
    remedy: {
      en: 'Plan a Kubernetes version or a mirror whose repository was signed again, use Debian 12, or let apt accept the old signatures with this command.',
      zh: '在计划中使用仓库已重新签名的 Kubernetes 版本或镜像源，使用 Debian 12，或用该命令让 apt 接受旧签名。',
    },
    command:
      'mkdir -p /etc/crypto-policies/back-ends && sed s/2026-02-01/2028-02-01/ /usr/share/apt/default-sequoia.config >/etc/crypto-policies/back-ends/apt-sequoia.config',
    where: 'host',
    explains: ['repository-key-wrong'],
    clues: [problem('package-source-failed', { reason: oldSignature }), hint(oldSignature)],
  },
  {
    id: 'repository-key-wrong',
    title: { en: 'Repository signing key does not match', zh: '软件仓库签名密钥不匹配' },
    cause: {
      en: 'The repository {url} is signed with a key that this host does not have: it was replaced, has expired, or belongs to another repository.',
      zh: '仓库 {url} 的签名密钥不在该主机上：密钥已更换、已过期，或属于其他仓库。',
    },
    remedy: {
      en: 'The command shows the file and line. If it is muster-kubernetes.list and this persists, correct kubernetes.packages.key in the plan; otherwise install the repository’s current key or comment the line out.',
      zh: '该命令会显示文件和行号。若为 muster-kubernetes.list 且持续出现，请更正计划中的 kubernetes.packages.key；否则请安装该仓库的当前密钥，或将该行注释掉。',
    },
    next: {
      en: 'muster fetches the planned key again and retries; it installs without a source that is not in the plan.',
      zh: 'muster 会重新获取计划中的密钥并重试；对不在计划中的软件源，会忽略并继续安装。',
    },
    command: 'grep -rnF {url} /etc/apt/sources.list /etc/apt/sources.list.d',
    where: 'host',
    passing: true,
    clues: [
      problem('package-source-failed', {
        reason: new RegExp(`(?<url>https?://[^\\s']+).*(?:${badSignature.source})`, 'i'),
      }),
      problem('package-source-failed', { reason: badSignature }),
      hint(
        new RegExp(
          `error: (?:${redirected})?(?<url>[\\w+]{1,20}:[^\\s']{1,300})\\s.{0,200}?(?:${badSignature.source})`,
          'i',
        ),
      ),
      hint(badSignature),
      unsigned,
    ],
    automatic: { remedy: 'fetch-key-again', tries: 2 },
  },
  {
    id: 'sources-conflict',
    title: { en: 'Two apt sources configure one repository differently', zh: '两个 apt 源对同一仓库的设置不一致' },
    cause: {
      en: 'apt fails: two files in /etc/apt name {url} with different signing keys (signed-by) or other options, such as trusted.',
      zh: 'apt 失败：/etc/apt 中有两个文件以不同的签名密钥（signed-by）或其他选项（如 trusted）指向 {url}。',
    },
    remedy: {
      en: 'Remove one of the files that the command lists. For the Kubernetes repository, muster comments out the other entry.',
      zh: '删除该命令列出的文件之一。对于 Kubernetes 仓库，muster 会注释掉另一条目。',
    },
    command: 'grep -rF {url} /etc/apt/sources.list /etc/apt/sources.list.d',
    where: 'host',
    clues: [output(/Conflicting values set for option \S+ regarding source [\w+.-]+:\/+(?<url>\S+?)\/? /)],
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
    id: 'sources-malformed',
    title: { en: 'apt cannot read a source file', zh: 'apt 无法读取软件源文件' },
    cause: {
      en: 'Line {number} of {path} is not a valid apt source; apt fails until it is corrected.',
      zh: '{path} 的第 {number} 行不是有效的 apt 源；更正之前 apt 会一直失败。',
    },
    remedy: { en: 'Correct the line or comment it out.', zh: '更正该行或将其注释掉。' },
    next: { en: 'muster installs without the entry.', zh: 'muster 会忽略该条目继续安装。' },
    command: 'sed -i {number}s/^/#/ {path}',
    where: 'host',
    clues: [
      output(/Malformed (?:entry|line) (?<number>\d+) in (?:list file|source list) (?<path>\S+\.list)\b/),
      output(/is not known on line (?<number>\d+) in source list (?<path>\S+)/),
    ],
  },
  {
    id: 'sources-stanza-malformed',
    title: { en: 'apt cannot read a source file', zh: 'apt 无法读取软件源文件' },
    cause: {
      en: 'Stanza {number} of {path} is not a valid apt source; apt fails until it is corrected.',
      zh: '{path} 的第 {number} 段不是有效的 apt 源；更正之前 apt 会一直失败。',
    },
    remedy: {
      en: 'Correct the stanza. The command moves the whole file aside; apt skips files with this name.',
      zh: '更正该段。该命令会将整个文件移开；apt 会忽略此名称的文件。',
    },
    next: { en: 'muster installs without the entry.', zh: 'muster 会忽略该条目继续安装。' },
    command: 'mv {path} {path}.disabled',
    where: 'host',
    clues: [
      output(/Malformed (?:entry|stanza) (?<number>\d+) in (?:sources file|source list) (?<path>\S+\.sources)\b/),
      output(/is not known on stanza (?<number>\d+) in source list (?<path>\S+\.sources)\b/),
    ],
  },
  {
    id: 'package-index-stale',
    title: { en: 'Package index is out of date', zh: '软件包索引已过期' },
    cause: {
      en: 'The mirror no longer has {url}: the index of this host, or of a cache on the way, is older than the mirror.',
      zh: '镜像源中已没有 {url}：该主机或途中缓存的索引比镜像源旧。',
    },
    remedy: { en: 'No action needed.', zh: '无需操作。' },
    next: {
      en: 'muster deletes the indexes, fetches them past any cache and retries.',
      zh: 'muster 会删除索引，绕过缓存重新获取并重试。',
    },
    command: 'apt-get clean && rm -rf /var/lib/apt/lists/* && apt-get update',
    where: 'host',
    clues: [output(/Failed to fetch (?<url>\S+\.deb) +(?:.*404 +Not Found|.*410 +Gone)/)],
    automatic: { remedy: 'clean-package-cache', tries: 2 },
  },
  {
    id: 'package-damaged',
    title: { en: 'A download is corrupt', zh: '下载的文件损坏' },
    cause: {
      en: 'The mirror’s file does not match the size or hash in its index: the mirror is synchronising, or a cache is stale ({what}).',
      zh: '镜像源的文件与其索引中的大小或哈希不符：镜像源正在同步，或缓存已过期（{what}）。',
    },
    remedy: { en: 'No action needed.', zh: '无需操作。' },
    next: {
      en: 'muster empties the package cache and its indexes and retries.',
      zh: 'muster 会清空软件包缓存及其索引并重试。',
    },
    command: 'apt-get clean && rm -rf /var/lib/apt/lists/* && apt-get update',
    where: 'host',
    explains: ['dpkg-interrupted'],
    clues: [
      output(new RegExp(`(?<what>https?://[^\\s']{1,300})\\s.{0,200}?(?:${damaged.source})`, 'i')),
      output(/(?:Problem with MergeList|Unable to parse package file) (?<what>\/var\/lib\/apt\/\S{1,250})/),
      output(/dpkg-deb: error: .{0,60}'(?<what>\/[^']{1,250})'.{0,60}?is not a Debian format archive/),
      output(
        /dpkg-deb: error: (?:unexpected end of file|.{0,40}compressed data is corrupt).{0,80}'(?<what>\/[^']{1,250})'/,
      ),
      output(new RegExp(`(?<what>${damaged.source})`, 'i')),
    ],
    automatic: { remedy: 'clean-package-cache', tries: 2 },
  },
  {
    id: 'packages-conflict',
    title: { en: 'Packages conflict', zh: '软件包冲突' },
    cause: {
      en: 'Packages that muster has to install conflict with installed ones: {what}.',
      zh: 'muster 需要安装的软件包与已安装的软件包冲突：{what}。',
    },
    remedy: {
      en: 'Remove the conflicting package (often containerd.io next to containerd), or set runtime.package in the plan to it.',
      zh: '卸载冲突的软件包（常见为 containerd.io 与 containerd），或在计划中将 runtime.package 设为它。',
    },
    command: 'apt-get install --simulate kubeadm kubelet kubectl',
    where: 'host',
    explains: ['dpkg-interrupted'],
    clues: [
      output(/^ ?(?<what>[\w.+:-]{1,80} : (?:Depends|PreDepends|Conflicts|Breaks): .{1,120})/),
      output(/(?<what>trying to overwrite '[^']{1,200}', which is also in package \S{1,80})/),
      output(/(?<what>[\w.+:-]{1,80}(?:=\S{1,60})? (?:Conflicts|Breaks|Depends) [\w.+:-]{1,80})/),
      output(
        /(?<what>unmet dependencies:|Unable to satisfy dependencies|you have held broken packages|unable to correct problems|Conflicts: \S{1,80})/i,
      ),
      output(
        /(?<what>(?:Essential|Held) packages were (?:removed|changed)|Packages were downgraded)(?= and -y was used)/,
      ),
    ],
  },
];
