import { pauseImage } from '../kubeadm/runtime.ts';
import { containerdConfigToml, containerdHostsToml, registryEndpoints } from './content/containerd.ts';
import { dockerDaemonJson } from './content/docker.ts';
import { hostFiles } from './content/files.ts';
import { defineStep } from './definition.ts';

export const runtimeConfig = defineStep({
  id: 'runtime-config',
  title: { en: 'Configure the container runtime', zh: '配置容器运行时' },
  activity: { en: 'configuring the container runtime', zh: '配置容器运行时' },
  bootstrap: 'all',
  part: 'runtime',
  changes({ settings }, { registryStyle }) {
    const { name } = settings.runtime;
    const restart = { kind: 'restart-later', unit: name } as const;
    if (name === 'docker') {
      const edit = { type: 'merge-json', value: dockerDaemonJson(settings) } as const;
      return [restart, { kind: 'file', path: hostFiles.dockerDaemon, edit }];
    }
    const { version, imageRepository } = settings.kubernetes;
    const edit = {
      type: 'containerd-config',
      content: containerdConfigToml(settings, registryStyle),
      sandboxImage: pauseImage(version, imageRepository),
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
