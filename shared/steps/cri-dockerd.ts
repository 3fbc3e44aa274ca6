import { pauseImage } from '../kubeadm/runtime.ts';
import { criDockerdOf, criDockerdUnit } from './content/cri-dockerd.ts';
import { hostFiles } from './content/files.ts';
import { defineStep } from './definition.ts';

export const criDockerd = defineStep({
  id: 'cri-dockerd',
  title: { en: 'Install cri-dockerd, docker’s CRI', zh: '安装 cri-dockerd（docker 的 CRI）' },
  activity: { en: 'installing cri-dockerd', zh: '安装 cri-dockerd' },
  bootstrap: 'all',
  part: 'runtime',
  needs: ['packages'],
  installs: true,
  long: true,
  changes({ settings }, { arch, runtimeVersion, pauseTag }) {
    const found = criDockerdOf(settings, runtimeVersion, arch);
    if (found === null) return [];
    return [
      { kind: 'cri-dockerd', ...found },
      { kind: 'restart-later', unit: 'cri-docker' },
      {
        kind: 'file',
        path: hostFiles.criDockerUnit,
        content: criDockerdUnit(found.program, pauseImage(settings.kubernetes, pauseTag)),
      },
      { kind: 'command', argv: ['systemctl', 'daemon-reload'] },
    ];
  },
});
