import type { LocalText } from '../text/local-text.ts';
import type { RemedyId } from './failure.ts';

/** What muster does by itself, to follow "muster". */
export const remedyTexts: Record<RemedyId, LocalText> = {
  'restart-runtime': {
    en: 'reloads systemd and restarts the container runtime',
    zh: '重新加载 systemd 并重启容器运行时',
  },
  'start-kubelet': { en: 'restarts the kubelet', zh: '重启 kubelet' },
  'try-again': { en: 'puts right what belongs to its steps and tries again', zh: '修正其步骤负责的内容并重试' },
  'reset-and-restart': {
    en: 'resets the half-done node, reloads systemd, restarts the container runtime and tries again',
    zh: '重置未完成的节点、重新加载 systemd、重启容器运行时并重试',
  },
  'reinstall-program': { en: 'reinstalls the package', zh: '重新安装该软件包' },
  'fetch-key-again': { en: 'fetches the repository’s key again', zh: '重新获取软件仓库密钥' },
  'clean-package-cache': { en: 'empties the package cache and tries again', zh: '清空软件包缓存并重试' },
};
