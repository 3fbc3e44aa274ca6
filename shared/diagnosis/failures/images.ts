import { anywhere } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** Images and their registries. */
export const images: readonly Failure[] = [
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
    title: { en: 'Registry’s TLS is not trusted', zh: '镜像仓库的 TLS 不受信任' },
    cause: {
      en: 'The runtime uses HTTPS, but the registry answers in plain HTTP or with an untrusted certificate.',
      zh: '容器运行时使用 HTTPS，但仓库以明文 HTTP 应答，或证书不受信任。',
    },
    remedy: {
      en: 'Add the registry to runtime.insecureRegistries in the plan, or install a certificate that this host trusts.',
      zh: '在计划的 runtime.insecureRegistries 中加入该仓库，或为其安装该主机信任的证书。',
    },
    command: '',
    where: 'coordinator',
    clues: [
      anywhere(/server gave HTTP response to HTTPS client/),
      anywhere(/https?:\/\/[\w.:-]+\/v2\/[^\n]*x509: certificate signed by unknown authority/),
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
      anywhere(
        /(?<image>[\w.:/-]+\/[\w.-]+:[\w.-]+)"?:? [^\n]*(?:manifest unknown|manifest for \S+ not found|not found: manifest|: not found)/,
      ),
      anywhere(/(?<image>[\w.-]+(?::\d+)?\/[\w./-]+:[\w.-]+)"?: not found/),
      anywhere(/manifest for (?<image>\S+) not found|manifest unknown/),
    ],
  },
  {
    id: 'registry-denied',
    title: { en: 'Registry requires authentication', zh: '镜像仓库需要身份验证' },
    cause: {
      en: 'The registry rejects the pull: credentials are missing or wrong. Some registries answer the same for an image that does not exist.',
      zh: '仓库拒绝拉取：缺少凭据或凭据错误。某些仓库对不存在的镜像也会如此应答。',
    },
    remedy: {
      en: 'Use a repository that allows anonymous pulls, or correct the image name in the plan.',
      zh: '使用允许匿名拉取的仓库，或在计划中更正镜像名称。',
    },
    command: 'kubeadm config images list',
    where: 'host',
    clues: [anywhere(/pull access denied|insufficient_scope|(?:\/v2\/|image)[^\n]*(?:401 Unauthorized|403 Forbidden)/)],
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
    clues: [anywhere(/toomanyrequests|429 Too Many Requests|pull rate limit/)],
  },
];
