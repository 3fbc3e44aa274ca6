import { packageFormats } from '../packages/index.ts';
import { packageManagerOf } from '../systems.ts';
import { heldPackages, wantedPackages } from './content/packages.ts';
import { defineStep } from './definition.ts';

export const packages = defineStep({
  id: 'packages',
  title: {
    en: 'Install and hold the runtime, cri-tools, kubeadm, kubelet and kubectl',
    zh: '安装并锁定运行时、cri-tools、kubeadm、kubelet 和 kubectl',
  },
  activity: { en: 'installing packages', zh: '安装软件包' },
  bootstrap: 'all',
  part: 'packages',
  needs: ['package-source', 'runtime-config', 'service-limits', 'proxy', 'kubelet-environment'],
  installs: true,
  long: true,
  changes({ host, settings }, { release }) {
    const manager = packageManagerOf(release);
    return [
      {
        kind: 'packages',
        manager,
        install: wantedPackages(settings, host.role, packageFormats[manager]),
        hold: heldPackages(settings),
      },
    ];
  },
});
