import { type Check, ok, warning } from '../check.ts';

export const containerdCri: Check = {
  id: 'containerd-cri',
  group: 'runtime',
  level: 'warning',
  title: { en: 'CRI plugin of containerd is enabled', zh: 'containerd 的 CRI 插件已启用' },
  reason: {
    en: 'The package containerd.io ships a configuration that disables it: docker does not need it, the kubelet does.',
    zh: 'containerd.io 软件包自带的配置会禁用它：docker 不需要，kubelet 需要。',
  },
  needed: { en: 'cri not in disabled_plugins', zh: 'disabled_plugins 中不含 cri' },
  remedy: {
    en: 'Remove cri from disabled_plugins in /etc/containerd/config.toml and restart containerd',
    zh: '从 /etc/containerd/config.toml 的 disabled_plugins 中删除 cri 并重启 containerd',
  },
  command:
    "sudo sed -i 's/^disabled_plugins.*/disabled_plugins = []/' /etc/containerd/config.toml && sudo systemctl restart containerd",
  step: 'runtime-config',
  judge({ facts: { software }, assignment }) {
    if (assignment === null || assignment.settings.runtime.name !== 'containerd') return null;
    if (software.containerd === null)
      return ok({ en: '/etc/containerd/config.toml does not exist yet', zh: '/etc/containerd/config.toml 尚不存在' });
    return software.containerd.criDisabled
      ? warning({ en: 'disabled_plugins contains cri', zh: 'disabled_plugins 中包含 cri' })
      : ok({ en: 'disabled_plugins does not contain cri', zh: 'disabled_plugins 中不含 cri' });
  },
};
