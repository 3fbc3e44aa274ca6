import { hostFiles } from './content/files.ts';
import { hostsBlock } from './content/hosts-block.ts';
import { defineStep } from './definition.ts';

export const hostsFile = defineStep({
  id: 'hosts-file',
  title: { en: 'Write all hosts and the endpoint to /etc/hosts', zh: '将所有主机和端点写入 /etc/hosts' },
  activity: { en: 'writing /etc/hosts', zh: '写入 /etc/hosts' },
  bootstrap: 'all',
  part: 'prepare',
  changes: ({ host, settings }) => [
    {
      kind: 'file',
      path: hostFiles.hosts,
      edit: { type: 'hosts-block', block: hostsBlock(settings, host), name: host.name },
    },
  ],
});
