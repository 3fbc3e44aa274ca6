import { anywhere, kubelet } from '../clue.ts';
import type { Failure } from '../failure.ts';

const image = String.raw`(?<image>(?<![\w./:-])[\w.-]{1,120}(?::\d{1,5})?(?:\/[\w.-]{1,120}){1,6}:[\w.-]{1,128})`;

/** Images that a registry lacks, or that the runtime cannot use. */
export const images: readonly Failure[] = [
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
];
