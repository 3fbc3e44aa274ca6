import { anywhere, kubelet, output, runtime } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { ofApiServer, ofRegistry } from './certificates.ts';

const image = String.raw`(?<image>(?<![\w./:-])[\w.-]{1,120}(?::\d{1,5})?(?:\/[\w.-]{1,120}){1,6}:[\w.-]{1,128})`;
const host = String.raw`https?:\/\/(?<registry>[\w.:-]{1,253})\/`;
const pulls = String.raw`${host}(?:v2\b|(?!apis?/)[\w./-]{0,80}token\b)[^\s"]{0,400}`;
const noAnswer =
  'connection refused|no such host|i/o timeout|connection timed out|request canceled|deadline exceeded|no route to host|network is unreachable|TLS handshake timeout|server misbehaving|connection reset|Temporary failure in name resolution|stream error: stream ID|50[0234] [A-Z]|EOF\\b';

/** Images and their registries. */
export const images: readonly Failure[] = [
  {
    id: 'proxy-unreachable',
    title: { en: 'HTTP proxy does not answer', zh: 'HTTP 代理无应答' },
    cause: {
      en: 'The planned proxy is unreachable or rejects the connection: {what}.',
      zh: '计划中的代理不可达，或拒绝连接：{what}。',
    },
    remedy: {
      en: 'Correct proxy in the plan, or start the proxy. Addresses inside the site belong in proxy.noProxy.',
      zh: '更正计划中的 proxy，或启动该代理。站点内部的地址应写入 proxy.noProxy。',
    },
    // The runtime's environment would show the proxy's password.
    command: '',
    where: 'coordinator',
    explains: ['registry-unreachable', 'registry-without-tls', 'image-missing', 'registry-denied'],
    clues: [
      anywhere(/(?<what>proxyconnect tcp: [^"]{1,160})/, { unless: ofApiServer }),
      // The answer to CONNECT.
      anywhere(
        /https:\/\/(?<what>[\w.:-]{1,253}\/(?:v2\b|(?!apis?\/)[\w./-]{0,80}token\b)[^\s"]{0,300}"?: (?:Forbidden|Service Unavailable|Bad Gateway|Gateway Time-?out|Bad Request))"?$/,
      ),
    ],
  },
  {
    id: 'registry-unreachable',
    title: { en: 'Image registry is unreachable', zh: '镜像仓库不可达' },
    cause: {
      en: 'This host cannot reach the image registry {registry}: it is blocked, down, or its name does not resolve.',
      zh: '该主机无法访问镜像仓库 {registry}：被屏蔽、已停止服务或名称无法解析。',
    },
    remedy: {
      en: 'If the registry is blocked, set kubernetes.imageRepository or runtime.registryMirrors in the plan.',
      zh: '若该仓库被屏蔽，请在计划中设置 kubernetes.imageRepository 或 runtime.registryMirrors。',
    },
    command: 'curl -sSI -m 10 http://{registry}/v2/',
    where: 'host',
    clues: [
      anywhere(new RegExp(`${pulls}"?: .{0,400}?(?:${noAnswer})`)),
      // Layers come from another host than manifests.
      anywhere(
        new RegExp(`(?:failed to copy|httpReadSeeker).{0,200}?${host}[^\\s"]{0,400}"?: .{0,400}?(?:${noAnswer})`),
      ),
      anywhere(
        /image "?(?<registry>[\w-]{1,80}(?:\.[\w-]{1,80}){1,6}(?::\d{1,5})?)\/.{0,400}?received unexpected HTTP status: 5\d\d/,
      ),
      // A mirror that cannot reach its own source.
      anywhere(/error parsing HTTP \d{3} response body: .{0,200}?dial tcp (?<registry>[\w.:[\]-]{4,60}\d): /),
      anywhere(
        /(?:error pulling image configuration|download failed after attempts).{0,200}?(?:->|dial tcp )(?<registry>[\w.:[\]-]{4,60}\d): .{0,200}?(?:timeout|timed out|reset|refused|unreachable|no route)/,
      ),
    ],
  },
  {
    id: 'registry-files-invalid',
    title: { en: 'Runtime’s settings for a registry are invalid', zh: '容器运行时的镜像仓库设置无效' },
    cause: {
      en: 'The container runtime cannot use a file in {folder}, so the mirror or certificate in it has no effect: {what}.',
      zh: '容器运行时无法使用 {folder} 中的某个文件，其中的镜像源或证书因此不起作用：{what}。',
    },
    remedy: {
      en: 'Correct the file (the command lists them). In a hosts.toml, each mirror is a table [host."https://ADDRESS"]; for docker, *.crt is a CA, and *.cert and *.key are a client’s pair.',
      zh: '更正该文件（该命令会列出这些文件）。hosts.toml 中每个镜像源为一个表 [host."https://地址"]；对于 docker，*.crt 是 CA，*.cert 与 *.key 是客户端证书及其密钥。',
    },
    command: 'ls -lR {folder}; grep -rn . {folder} --include=hosts.toml',
    where: 'host',
    // containerd continues without the file.
    symptom: true,
    explains: [
      'registry-unreachable',
      'registry-without-tls',
      'registry-denied',
      'sandbox-image-missing',
      'kubeadm-preflight',
    ],
    clues: [
      runtime(/failed to decode hosts\.toml.{0,10}error="?(?<what>.{1,160})/, {
        values: { folder: '/etc/containerd/certs.d' },
      }),
      anywhere(
        /(?<what>[Mm]issing (?:key \S{1,200} for (?:client )?certificate \S{1,200}|(?:client )?certificate \S{1,200} for key \S{1,200}))/,
        { values: { folder: '/etc/docker/certs.d' } },
      ),
      anywhere(
        /(?<what>open (?<folder>\/etc\/(?:containerd|docker)\/certs\.d)\/[^\s":]{1,200}(?::\d{1,5}\/[^\s":]{1,200})?: [\w ]{1,60})/,
      ),
    ],
  },
  {
    id: 'registry-without-tls',
    title: { en: 'Registry’s TLS is not trusted', zh: '镜像仓库的 TLS 不受信任' },
    cause: {
      en: 'The runtime uses HTTPS, but {registry} answers in plain HTTP or with a certificate that this host does not trust: {reason}.',
      zh: '容器运行时使用 HTTPS，但 {registry} 以明文 HTTP 应答，或其证书不受该主机信任：{reason}。',
    },
    remedy: {
      en: 'Add the registry to runtime.insecureRegistries in the plan, or give it a certificate whose subjectAltName names it and whose CA this host trusts.',
      zh: '在计划的 runtime.insecureRegistries 中加入该仓库，或为其签发 subjectAltName 包含其名称且该主机信任其 CA 的证书。',
    },
    command: '',
    where: 'coordinator',
    clues: [
      anywhere(new RegExp(`${host}.{0,600}?(?<reason>http: server gave HTTP response to HTTPS client)`), {
        unless: ofApiServer,
      }),
      anywhere(
        new RegExp(
          `${host}.{0,600}?(?<reason>x509: (?!certificate has expired.{0,80} is before)[^"]{1,160}|(?:remote error: )?tls: (?:first record|server selected|protocol version|handshake failure|unrecognized name)[^"]{0,100})`,
        ),
        { also: ofRegistry, unless: /proxyconnect/ },
      ),
      output(
        /\bimage "(?<registry>[\w.-]{1,253}(?::\d{1,5})?)\/.{0,600}?(?<reason>x509: (?!certificate has expired.{0,80} is before)[^"]{1,160})/,
      ),
    ],
  },
  {
    id: 'image-platform-missing',
    title: { en: 'Image has no variant for this architecture', zh: '镜像没有适用于此架构的版本' },
    cause: {
      en: 'The registry has the image, but not for this host’s architecture: {what}.',
      zh: '仓库中有该镜像，但不适用于该主机的架构：{what}。',
    },
    remedy: {
      en: 'Set kubernetes.imageRepository in the plan to a registry with images for this architecture.',
      zh: '在计划中将 kubernetes.imageRepository 设为提供此架构镜像的仓库。',
    },
    command: 'uname -m',
    where: 'host',
    explains: ['image-missing', 'container-init-failed'],
    clues: [
      anywhere(/(?<what>no matching manifest for [^"]{1,80})/),
      anywhere(/(?:no match for platform in manifest|exec format error)(?<=(?<what>[^"]{1,160}))/, {
        // A program of the host (kubelet.ts).
        unless: /fork\/exec \/\S{1,200}: exec format error/,
      }),
    ],
  },
  {
    id: 'image-damaged',
    title: { en: 'An image layer is corrupt', zh: '镜像层损坏' },
    cause: {
      en: 'A layer of an image does not match its digest or size: a proxy or mirror cuts it short or changes it, or the disk is faulty ({what}).',
      zh: '某个镜像的一层与其摘要或大小不符：HTTP 代理或镜像源将其截断或更改，或磁盘有故障（{what}）。',
    },
    remedy: {
      en: 'Remove the partial downloads and pull again. If it recurs, use another mirror.',
      zh: '删除未完成的下载并重新拉取。若再次出现，请使用其他镜像源。',
    },
    next: { en: 'muster pulls the image again.', zh: 'muster 会重新拉取该镜像。' },
    command:
      'rm -rf /var/lib/containerd/io.containerd.content.v1.content/ingest/* /var/lib/docker/tmp/*; systemctl restart {runtime}',
    where: 'host',
    explains: ['image-missing', 'registry-unreachable'],
    clues: [
      anywhere(
        /(?<what>(?:image "[\w./:@-]{1,250}".{0,300}?)?(?:unexpected commit (?:digest|size)[^"]{0,100}|failed size validation: [^"]{1,60}|filesystem layer verification failed[^"]{0,90}|unexpected media type text\/html[^"]{0,90}|failed to extract layer [^"]{1,90}: (?:unexpected EOF|gzip: invalid [^"]{1,20}|archive\/tar: invalid[^"]{1,20}|flate: corrupt[^"]{1,40})|failed to register layer: [^"]{0,80}unexpected EOF))/,
      ),
    ],
  },
  {
    id: 'image-format-old',
    title: { en: 'Image has a format that the runtime no longer supports', zh: '镜像格式已不受容器运行时支持' },
    cause: {
      en: 'The registry has an image only in an old format (manifest version 2, schema 1), which this runtime refuses: {what}.',
      zh: '仓库中的镜像仅有旧格式（manifest 第 2 版 schema 1），此容器运行时拒绝该格式：{what}。',
    },
    remedy: {
      en: 'Set kubernetes.imageRepository in the plan to a registry with current images, or push the image there again.',
      zh: '在计划中将 kubernetes.imageRepository 设为提供新格式镜像的仓库，或重新推送该镜像。',
    },
    command: 'kubeadm config images list',
    where: 'host',
    explains: ['image-missing'],
    clues: [
      anywhere(
        /(?<what>schema 1 image manifests are no longer supported|Docker Image Format v1.{0,60}schema 1 support (?:is disabled|has been removed)|media type "application\/vnd\.docker\.distribution\.manifest\.v1\+\w{1,10}" is no longer supported)/i,
      ),
    ],
  },
  {
    id: 'image-name-invalid',
    title: { en: 'An image’s name is invalid', zh: '镜像名称无效' },
    cause: {
      en: 'The runtime refuses the name of an image: {what}. A name has no https://, no upper case and no spaces.',
      zh: '容器运行时拒绝某个镜像名称：{what}。名称不能包含 https://、大写字母或空格。',
    },
    remedy: {
      en: 'Correct kubernetes.imageRepository in the plan, or imageRepository in kubernetes.components.',
      zh: '更正计划中的 kubernetes.imageRepository，或 kubernetes.components 中的 imageRepository。',
    },
    command: 'muster plan check /etc/muster/cluster.yaml',
    where: 'coordinator',
    explains: ['sandbox-image-missing'],
    clues: [
      anywhere(
        /(?<what>(?:failed to parse image (?:name|reference)|couldn't parse image (?:name|reference)) "[^"]{1,200}"|invalid reference format.{0,100})/,
      ),
      anywhere(/sandbox image (?<what>"[^\s"]{1,250}".{0,300}?invalid reference format)/, { pods: 'all' }),
    ],
  },
  {
    id: 'image-missing',
    title: { en: 'Registry does not have an image', zh: '镜像仓库中没有某个镜像' },
    cause: {
      en: 'The registry answers but has no {image}. Mirrors often lack versions or use another name for coredns (coredns/coredns, v1.8.0).',
      zh: '仓库有应答，但没有 {image}。镜像源常缺少某些版本，或对 coredns 使用其他名称（coredns/coredns、v1.8.0）。',
    },
    remedy: {
      en: 'Set kubernetes.imageRepository in the plan to a registry that has the image, or push the image. For coredns, set clusterConfiguration.dns.imageRepository in kubernetes.components.',
      zh: '在计划中将 kubernetes.imageRepository 设为拥有该镜像的仓库，或推送该镜像。对于 coredns，请在 kubernetes.components 中设置 clusterConfiguration.dns.imageRepository。',
    },
    command: 'kubeadm config images list',
    where: 'host',
    clues: [
      anywhere(new RegExp(`${image}"?:? .{0,300}?(?:manifest unknown|not found: manifest|: not found)`)),
      anywhere(new RegExp(`${image}"?: not found`)),
      anywhere(/\/v2\/(?<image>[\w./-]{1,200})\/manifests\/[^":\s]{1,128}"?: .{0,60}?(?:404|[Nn]ot [Ff]ound)/),
      anywhere(/(?:manifest for|artifact|repository) (?<image>[\w./:@-]{1,200}) not found/),
      anywhere(/manifest unknown(?<=(?<image>[^"]{1,120}))/),
      // Public mirrors say so of an image that they lack.
      anywhere(/pull access denied for (?<image>[\w./:-]{0,200}\bgoogle_containers\/[\w./:-]{1,200})/),
    ],
  },
  {
    id: 'registry-denied',
    title: { en: 'Registry requires authentication', zh: '镜像仓库需要身份验证' },
    cause: {
      en: 'The registry rejects the pull because credentials are missing or wrong: {what}. Some registries answer the same for an image that does not exist.',
      zh: '仓库因缺少凭据或凭据错误而拒绝拉取：{what}。某些仓库对不存在的镜像也会如此应答。',
    },
    remedy: {
      en: 'Use a repository that allows anonymous pulls, or correct the image name in the plan.',
      zh: '使用允许匿名拉取的仓库，或在计划中更正镜像名称。',
    },
    command: 'kubeadm config images list',
    where: 'host',
    clues: [
      anywhere(
        /(?<what>(?:(?:\b(?:image|reference|from host) "?|https?:\/\/)[^\s"]{1,250}(?=["\s]).{0,100}?)?(?:pull access denied(?: for [\w./:@-]{1,200})?|insufficient_scope|no basic auth credentials|unauthorized: authentication required|unauthorized to access repository: [\w./-]{1,200}|requested access to the resource is denied))/,
        { unless: /\bgoogle_containers\// },
      ),
      anywhere(/(?<what>(?:\bhost |https?:\/\/)[^\s"]{1,250}(?=["\s]).{0,100}?(?:401 Unauthorized|403 Forbidden))/, {
        also: ofRegistry,
      }),
      anywhere(/(?:\/v2\/|\bimage\b).{0,400}?(?<what>401 Unauthorized|403 Forbidden)/),
      // Of mirrors.
      anywhere(
        /(?<what>(?:\bimage "?[^\s"]{1,250}"?: .{0,60}?)?(?:\/v2\/[^\s"]{0,300}"?: |from daemon: )denied\b.{0,100})/,
        {
          unless: /\bgoogle_containers\//,
        },
      ),
      anywhere(/(?<what>https:\/\/[^\s"]{1,250}"?: remote error: tls: (?:certificate required|bad certificate))/, {
        also: ofRegistry,
        unless: ofApiServer,
      }),
      anywhere(/(?<what>error parsing HTTP 40[13] response body: .{1,120})/, { unless: /dial tcp/ }),
    ],
  },
  {
    id: 'node-image-not-pulled',
    title: { en: 'An image of this node cannot be pulled', zh: '无法拉取该节点的某个镜像' },
    cause: {
      en: '{pod} waits for its image {image}. The last attempt’s reason is older than the lines below.',
      zh: '{pod} 正在等待其镜像 {image}。上次尝试失败的原因早于下方的日志行。',
    },
    remedy: { en: 'Pull the image on this host to see the reason.', zh: '在该主机上拉取该镜像以查看原因。' },
    command: 'crictl pull {image}',
    where: 'host',
    symptom: true,
    explains: ['network-plugin-missing'],
    clues: [
      kubelet(/\bpod="(?<pod>[\w./-]{1,250})".{0,800}?Back-off pulling image "(?<image>[\w./:@-]{1,250})"/),
      kubelet(/Back-off pulling image "(?<image>[\w./:@-]{1,250})".{0,2000}?\bpod="?(?<pod>[\w./-]{1,250})/),
      kubelet(/"(?<pod>[\w.-]{1,250})\([0-9a-f-]{1,36}\)".{0,400}?Back-off pulling image "(?<image>[\w./:@-]{1,250})"/),
    ],
  },
  {
    id: 'registry-rate-limit',
    title: { en: 'Registry limits pulls', zh: '镜像仓库限制拉取次数' },
    cause: {
      en: 'Too many pulls from this address: the registry rejects them.',
      zh: '该地址的拉取次数过多，仓库拒绝拉取。',
    },
    remedy: {
      en: 'Set a mirror in runtime.registryMirrors of the plan, or wait a few hours.',
      zh: '在计划的 runtime.registryMirrors 中设置镜像源，或等待数小时。',
    },
    command: '',
    where: 'coordinator',
    explains: ['registry-denied', 'image-missing'],
    clues: [anywhere(/toomanyrequests|429 Too Many Requests|pull rate limit/)],
  },
];
