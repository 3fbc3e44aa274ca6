import { hostFiles } from './content/files.ts';
import { defineStep } from './definition.ts';

export const hostName = defineStep({
  id: 'host-name',
  title: { en: 'Set the host name', zh: '设置主机名' },
  activity: { en: 'setting its host name', zh: '设置主机名' },
  bootstrap: 'all',
  part: 'prepare',
  changes: ({ host }) => [
    { kind: 'file', path: hostFiles.hostName, content: `${host.name}\n` },
    { kind: 'host-name', name: host.name },
  ],
});
