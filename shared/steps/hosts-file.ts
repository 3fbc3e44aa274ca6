import { defineStep } from './definition.ts';

export const hostsFile = defineStep({
  id: 'hosts-file',
  title: { en: 'Write all hosts and the endpoint to /etc/hosts', zh: '将所有主机和端点写入 /etc/hosts' },
  activity: { en: 'writing /etc/hosts', zh: '写入 /etc/hosts' },
  bootstrap: 'all',
  part: 'prepare',
});
