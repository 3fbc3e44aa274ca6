import { anywhere, output, runtime } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { ofApiServer, ofRegistry } from './certificates.ts';

const host = String.raw`https?:\/\/(?<registry>[\w.:-]{1,253})\/`;
const pulls = String.raw`${host}(?:v2\b|(?!apis?/)[\w./-]{0,80}token\b)[^\s"]{0,400}`;
const noAnswer =
  'connection refused|no such host|i/o timeout|connection timed out|request canceled|deadline exceeded|no route to host|network is unreachable|TLS handshake timeout|server misbehaving|connection reset|Temporary failure in name resolution|stream error: stream ID|50[0234] [A-Z]|EOF\\b';

/** Access to registries, also through a proxy. */
export const registries: readonly Failure[] = [
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
