import { hostFiles } from './content/files.ts';
import { networkManagerFile } from './content/host-settings.ts';
import { defineStep } from './definition.ts';

export const networkManager = defineStep({
  id: 'network-manager',
  title: { en: 'Exclude pod interfaces from NetworkManager', zh: '让 NetworkManager 忽略 Pod 的网络接口' },
  activity: { en: 'configuring NetworkManager', zh: '配置 NetworkManager' },
  bootstrap: 'all',
  part: 'prepare',
  changes: () => [
    { kind: 'file', path: hostFiles.networkManager, content: networkManagerFile(), when: 'network-manager' },
    { kind: 'command', argv: ['systemctl', 'reload', 'NetworkManager'], when: 'network-manager-running' },
  ],
});
