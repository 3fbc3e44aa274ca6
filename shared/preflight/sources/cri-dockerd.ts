import { usesCriDockerd } from '../../kubeadm/runtime.ts';
import type { Check } from '../check.ts';
import { judgeAttempt } from './attempt.ts';

export const criDockerd: Check = {
  id: 'cri-dockerd',
  group: 'sources',
  level: 'warning',
  depends: {
    en: 'Only if docker is planned with Kubernetes 1.24 or newer.',
    zh: '仅当计划使用 docker 且 Kubernetes 为 1.24 或更高版本时检查。',
  },
  title: { en: 'cri-dockerd is available', zh: 'cri-dockerd 可用' },
  reason: {
    en: 'From 1.24 the kubelet needs cri-dockerd to use docker. While it cannot be downloaded, muster retries.',
    zh: '自 1.24 起 kubelet 需要 cri-dockerd 才能使用 docker。无法下载期间 muster 会重试。',
  },
  needed: {
    en: 'the release for this host’s docker at the planned URL',
    zh: '计划的 URL 处有适合该主机上 docker 的发行版本',
  },
  remedy: {
    en: 'Set runtime.criDockerd in the plan to a mirror or URL that this host reaches, or to a file beside the plan: {mirror: URL}, {url: URL, sha256: HASH} or {file: NAME}',
    zh: '在计划中将 runtime.criDockerd 设为该主机可以访问的镜像源或 URL，或与计划同目录的文件：{mirror: URL}、{url: URL, sha256: 哈希} 或 {file: 文件名}',
  },
  command: '',
  judge({ facts: { reach }, assignment }) {
    if (reach === null || assignment === null || !usesCriDockerd(assignment.settings)) return null;
    return judgeAttempt(reach.criDockerd);
  },
};
