import { pauseImage } from '../kubeadm/runtime.ts';
import type { Change } from './change.ts';
import { containerdConfigToml, containerdHostsToml, registryEndpoints } from './content/containerd.ts';
import { dockerDaemonJson, needsOldApi, oldApiDropIn } from './content/docker.ts';
import { hostFiles } from './content/files.ts';
import { dropIn } from './content/services.ts';
import { defineStep } from './definition.ts';

const acceptOldApi: Change[] = [
  {
    ...{ kind: 'file', path: dropIn('docker', 'api'), content: oldApiDropIn },
    note: { en: 'if docker is 29 or newer', zh: '如果 docker 为 29 或更高版本' },
  },
  { kind: 'command', argv: ['systemctl', 'daemon-reload'] },
];

export const runtimeConfig = defineStep({
  id: 'runtime-config',
  title: { en: 'Configure the container runtime', zh: '配置容器运行时' },
  activity: { en: 'configuring the container runtime', zh: '配置容器运行时' },
  bootstrap: 'all',
  part: 'runtime',
  changes({ settings }, { registryStyle, runtimeVersion, pauseTag }) {
    const { name } = settings.runtime;
    const restart = { kind: 'restart-later', unit: name } as const;
    if (name === 'docker') {
      const edit = { type: 'merge-json', value: dockerDaemonJson(settings) } as const;
      return [
        restart,
        { kind: 'file', path: hostFiles.dockerDaemon, edit },
        ...(needsOldApi(settings, runtimeVersion) ? acceptOldApi : []),
      ];
    }
    const sandboxImage = pauseImage(settings.kubernetes, pauseTag);
    const edit = {
      type: 'containerd-config',
      content: containerdConfigToml(settings, registryStyle, sandboxImage),
      sandboxImage,
      registryStyle,
      registries: registryEndpoints(settings),
    } as const;
    const registries = registryStyle === 'folder' ? containerdHostsToml(settings) : [];
    return [
      restart,
      { kind: 'file', path: hostFiles.containerdConfig, edit },
      ...registries.map(({ path, content }) => ({
        kind: 'file' as const,
        path,
        edit: { type: 'registry-hosts' as const, content },
      })),
      { kind: 'other-registries', folder: hostFiles.containerdRegistries, keep: registries.map(({ path }) => path) },
    ];
  },
});
