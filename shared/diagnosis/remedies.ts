import type { LocalText } from '../text/local-text.ts';
import type { RemedyId } from './failure.ts';

/** muster's automatic actions, following the word "muster". */
export const remedyTexts: Record<RemedyId, LocalText> = {
  'restart-runtime': {
    en: 'reloads systemd and restarts the container runtime',
    zh: '重新加载 systemd 并重启容器运行时',
  },
  'start-kubelet': { en: 'restarts the kubelet', zh: '重启 kubelet' },
  'try-again': { en: 'runs its steps again', zh: '重新执行其步骤' },
  'reset-and-restart': {
    en: 'resets the node, reloads systemd, restarts the container runtime and retries',
    zh: '重置节点、重新加载 systemd、重启容器运行时并重试',
  },
  'reinstall-program': { en: 'reinstalls the package', zh: '重新安装该软件包' },
  'fetch-key-again': { en: 'fetches the repository’s key again', zh: '重新获取软件仓库密钥' },
  'clean-package-cache': {
    en: 'empties the package cache and its indexes and retries',
    zh: '清空软件包缓存及其索引并重试',
  },
};
