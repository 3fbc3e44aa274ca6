import { pauseImage } from '../kubeadm/runtime.ts';
import { defineStep } from './definition.ts';

export const images = defineStep({
  id: 'images',
  title: { en: 'Pull the images of this node', zh: '拉取此节点所需的镜像' },
  activity: { en: 'pulling images', zh: '拉取镜像' },
  bootstrap: 'all',
  part: 'images',
  needs: ['runtime'],
  installs: true,
  changes({ host: { role }, settings }, { pauseTag }) {
    const { version, imageRepository } = settings.kubernetes;
    const components = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy'];
    const wanted = role === 'control-plane' ? components : ['kube-proxy'];
    const named = wanted.map((name) => `${imageRepository}/${name}:v${version}`);
    const more =
      role === 'control-plane'
        ? { en: 'etcd, coredns and the images of the network plugin', zh: 'etcd、coredns 和网络插件的镜像' }
        : { en: 'coredns and the images of the network plugin', zh: 'coredns 和网络插件的镜像' };
    const pause = pauseImage(settings.kubernetes, pauseTag);
    return [{ kind: 'images', runtime: settings.runtime.name, named: [...named, pause], more }];
  },
});
