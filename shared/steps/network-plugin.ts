import { defineStep } from './definition.ts';

export const networkPlugin = defineStep({
  id: 'network-plugin',
  title: { en: 'Apply the network plugin', zh: '部署网络插件' },
  activity: { en: 'applying the network plugin', zh: '部署网络插件' },
  bootstrap: 'init',
  part: 'cluster',
  needs: ['kubeadm-init'],
  changes({ settings }) {
    const { title, manifest } = settings.network.plugin;
    return [{ kind: 'manifest', title, url: 'url' in manifest ? manifest.url : null }];
  },
});
