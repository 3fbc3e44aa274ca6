import type { ClusterSettings } from '../../plan/schema.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const caCertificates: Check = {
  id: 'ca-certificates',
  group: 'programs',
  level: 'warning',
  title: { en: 'CA certificates are installed', zh: 'CA 证书已安装' },
  reason: {
    en: 'A minimal VM has none: apt, docker and containerd trust no server, and no image can be pulled over HTTPS.',
    zh: '最小化虚拟机没有 CA 证书：apt、docker 与 containerd 不信任任何服务器，无法通过 HTTPS 拉取镜像。',
  },
  needed: {
    en: 'the package ca-certificates, unless all sources use plain HTTP',
    zh: 'ca-certificates 软件包，除非所有来源均使用 HTTP',
  },
  remedy: { en: 'Install ca-certificates', zh: '安装 ca-certificates' },
  command: ({ install }) => `sudo ${install(['ca-certificates'])}`,
  judge({ facts: { software }, assignment }) {
    if (software.caBundle === null) return notLooked;
    if (software.caBundle) return ok({ en: 'CA bundle installed', zh: 'CA 证书包已安装' });
    if (assignment !== null && !usesTls(assignment.settings))
      return ok({ en: 'no CA bundle; all sources use plain HTTP', zh: '没有 CA 证书包；所有来源均使用 HTTP' });
    return warning({ en: 'no CA bundle', zh: '没有 CA 证书包' });
  },
};

function usesTls({ kubernetes, runtime }: ClusterSettings): boolean {
  const registry = kubernetes.imageRepository.split('/')[0] ?? '';
  return kubernetes.packages.url.startsWith('https://') || !runtime.insecureRegistries.includes(registry);
}
