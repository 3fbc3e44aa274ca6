import { kubernetesPackages } from './content/kubernetes-packages.ts';
import { defineStep } from './definition.ts';

export const packages = defineStep({
  id: 'packages',
  title: {
    en: 'Install and hold the runtime, kubeadm, kubelet and kubectl',
    zh: '安装并锁定运行时、kubeadm、kubelet 和 kubectl',
  },
  activity: { en: 'installing packages', zh: '安装软件包' },
  bootstrap: 'all',
  part: 'packages',
  installs: true,
  long: true,
  changes({ settings }) {
    const { version, packageVersion } = settings.kubernetes;
    const wanted = packageVersion ?? `${version}-*`;
    const kubernetes = kubernetesPackages.map((name) => ({ name, version: wanted }));
    const install = [{ name: settings.runtime.package, version: null }, ...kubernetes];
    return [{ kind: 'packages', install, hold: kubernetesPackages }];
  },
});
