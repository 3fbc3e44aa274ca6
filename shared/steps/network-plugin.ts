import { defineStep } from './definition.ts';

export const networkPlugin = defineStep({
  id: 'network-plugin',
  title: { en: 'Apply the network plugin', zh: '部署网络插件' },
  activity: { en: 'applying the network plugin', zh: '部署网络插件' },
  bootstrap: 'control-plane',
  part: 'cluster',
  needs: ['kubeadm-init', 'kubeadm-join'],
  changes({ settings }) {
    const { title, manifest } = settings.network.plugin;
    return [{ kind: 'manifest', title, url: 'url' in manifest ? manifest.url : null }];
  },
});
