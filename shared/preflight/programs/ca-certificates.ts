import type { ClusterSettings } from '../../plan/schema.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const caCertificates: Check = {
  id: 'ca-certificates',
  group: 'programs',
  level: 'warning',
  title: { en: 'Certificate authorities are installed', zh: '已安装 CA 证书' },
  reason: {
    en: 'A bare VM has none: apt, docker and containerd then trust no server, and no image can be pulled over HTTPS.',
    zh: '最小化虚拟机没有 CA 证书：apt、docker 与 containerd 不信任任何服务器，无法通过 HTTPS 拉取镜像。',
  },
  needed: {
    en: 'the package ca-certificates, unless every source is plain HTTP',
    zh: 'ca-certificates 软件包，除非所有来源均为 HTTP',
  },
  remedy: { en: 'Install it', zh: '安装它' },
  command: 'sudo apt-get install ca-certificates',
  judge({ facts: { software }, assignment }) {
    if (software.caBundle === null) return notLooked;
    if (software.caBundle) return ok({ en: 'they are', zh: '已安装' });
    if (assignment !== null && !usesTls(assignment.settings))
      return ok({ en: 'none, and no source needs them', zh: '未安装，且无来源需要' });
    return warning({ en: 'there are none', zh: '没有' });
  },
};

function usesTls({ kubernetes, runtime }: ClusterSettings): boolean {
  const registry = kubernetes.imageRepository.split('/')[0] ?? '';
  return kubernetes.packages.url.startsWith('https://') || !runtime.insecureRegistries.includes(registry);
}
