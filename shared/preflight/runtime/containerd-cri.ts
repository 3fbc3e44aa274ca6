import { type Check, ok, warning } from '../check.ts';

export const containerdCri: Check = {
  id: 'containerd-cri',
  group: 'runtime',
  level: 'warning',
  title: { en: 'containerd’s CRI plugin is on', zh: 'containerd 的 CRI 插件已启用' },
  reason: {
    en: 'The package containerd.io ships a configuration that turns it off: for docker it is not needed, for the kubelet it is.',
    zh: 'containerd.io 软件包自带的配置将其关闭：docker 不需要它，kubelet 需要。',
  },
  needed: { en: 'cri not among disabled_plugins', zh: 'disabled_plugins 中不含 cri' },
  remedy: {
    en: 'Take it out of disabled_plugins in /etc/containerd/config.toml and restart containerd',
    zh: '从 /etc/containerd/config.toml 的 disabled_plugins 中去掉它并重启 containerd',
  },
  command:
    "sudo sed -i 's/^disabled_plugins.*/disabled_plugins = []/' /etc/containerd/config.toml && sudo systemctl restart containerd",
  step: 'runtime-config',
  judge({ facts: { software }, assignment }) {
    if (assignment === null || assignment.settings.runtime.name !== 'containerd') return null;
    if (software.containerd === null) return ok({ en: 'no configuration yet', zh: '尚无配置' });
    return software.containerd.criDisabled
      ? warning({ en: 'it is disabled', zh: '已被禁用' })
      : ok({ en: 'it is', zh: '已启用' });
  },
};
