import { anywhere } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** Images and the registries that they come from. */
export const images: readonly Failure[] = [
  {
    id: 'registry-unreachable',
    title: { en: 'The image registry does not answer', zh: '镜像仓库无法访问' },
    cause: {
      en: 'This host can’t reach the image registry {registry}: blocked, down, or not resolved.',
      zh: '该主机无法访问镜像仓库 {registry}：被阻断、已停止服务或无法解析。',
    },
    remedy: {
      en: 'muster tries again by itself. If the registry is blocked where you are, set kubernetes.imageRepository or runtime.registryMirrors in the plan.',
      zh: 'muster 会自动重试。如果当地无法访问该仓库，请在计划中设置 kubernetes.imageRepository 或 runtime.registryMirrors。',
    },
    command: 'curl -sSI -m 10 http://{registry}/v2/',
    where: 'host',
    clues: [
      anywhere(
        /(?:Get|Head|do request:?|failed to do request:) "?https?:\/\/(?<registry>[\w.:-]+)\/v2\/[^\n]*(?:connection refused|no such host|i\/o timeout|request canceled|deadline exceeded|no route to host|network is unreachable|TLS handshake timeout|server misbehaving|connection reset)/,
      ),
      anywhere(
        /Error response from daemon: Get "?https?:\/\/(?<registry>[\w.:-]+)\/v2\/"?: .*(?:refused|timeout|canceled|no such host|unreachable)/,
      ),
    ],
  },
  {
    id: 'registry-without-tls',
    title: { en: 'The registry speaks no TLS', zh: '镜像仓库未启用 TLS' },
    cause: {
      en: 'The runtime asks the registry over HTTPS and gets a plain HTTP answer, or a certificate that it does not trust.',
      zh: '运行时以 HTTPS 访问镜像仓库，却得到明文 HTTP 响应或不受信任的证书。',
    },
    remedy: {
      en: 'Name the registry under runtime.insecureRegistries in the plan, or give it a certificate that this host trusts.',
      zh: '请在计划的 runtime.insecureRegistries 中列出该仓库，或为其配置该主机信任的证书。',
    },
    command: 'muster plan check /etc/muster/cluster.yaml',
    where: 'coordinator',
    clues: [
      anywhere(/server gave HTTP response to HTTPS client/),
      anywhere(/https?:\/\/[\w.:-]+\/v2\/[^\n]*x509: certificate signed by unknown authority/),
    ],
  },
  {
    id: 'image-missing',
    title: { en: 'The registry does not have an image', zh: '镜像仓库中没有所需镜像' },
    cause: {
      en: 'The registry answers but has no {image}. Mirrors often lack versions, or name coredns differently (coredns/coredns, v1.8.0).',
      zh: '仓库有响应但没有 {image}。镜像站可能缺少某些版本，或对 coredns 使用不同名称（coredns/coredns、v1.8.0）。',
    },
    remedy: {
      en: 'Set kubernetes.imageRepository to a registry that has it, or push the image there; for coredns: clusterConfiguration.dns.imageRepository under kubernetes.components.',
      zh: '请将 kubernetes.imageRepository 设为拥有该镜像的仓库，或将镜像推送到该仓库；coredns 可通过 kubernetes.components 的 clusterConfiguration.dns.imageRepository 设置。',
    },
    command: 'kubeadm config images list',
    where: 'host',
    clues: [
      anywhere(
        /(?<image>[\w.:/-]+\/[\w.-]+:[\w.-]+)"?:? [^\n]*(?:manifest unknown|manifest for \S+ not found|not found: manifest|: not found)/,
      ),
      anywhere(/manifest for (?<image>\S+) not found|manifest unknown/),
    ],
  },
  {
    id: 'registry-denied',
    title: { en: 'The registry wants a login', zh: '镜像仓库需要登录' },
    cause: {
      en: 'The registry refuses the pull without, or with wrong, credentials; some also answer so for an image that does not exist.',
      zh: '镜像仓库因缺少凭据或凭据错误而拒绝拉取；部分仓库对不存在的镜像也会如此响应。',
    },
    remedy: {
      en: 'Use a repository that may be read without a login, or correct the image’s name.',
      zh: '请使用无需登录即可读取的仓库，或更正镜像名称。',
    },
    command: 'kubeadm config images list',
    where: 'host',
    clues: [anywhere(/pull access denied|insufficient_scope|(?:\/v2\/|image)[^\n]*(?:401 Unauthorized|403 Forbidden)/)],
  },
  {
    id: 'registry-rate-limit',
    title: { en: 'The registry limits pulls', zh: '镜像仓库限制拉取频率' },
    cause: {
      en: 'The registry has had too many pulls from this address.',
      zh: '该地址的拉取次数已超出镜像仓库的限制。',
    },
    remedy: {
      en: 'It passes after some hours; a mirror under runtime.registryMirrors in the plan helps at once.',
      zh: '几小时后会恢复；在计划的 runtime.registryMirrors 中设置镜像站可立即解决。',
    },
    command: '',
    where: 'coordinator',
    clues: [anywhere(/toomanyrequests|429 Too Many Requests|pull rate limit/)],
  },
];
