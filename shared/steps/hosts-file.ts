import { usesApiProxy } from '../plan/api-proxy.ts';
import type { Assignment } from '../protocol/assignment.ts';
import type { Change } from './change.ts';
import { hostFiles } from './content/files.ts';
import { hostsBlock } from './content/hosts-block.ts';
import { defineStep } from './definition.ts';

export const hostsFile = defineStep({
  id: 'hosts-file',
  title: { en: 'Write all hosts and the endpoint to /etc/hosts', zh: '将所有主机和端点写入 /etc/hosts' },
  activity: { en: 'writing /etc/hosts', zh: '写入 /etc/hosts' },
  bootstrap: 'all',
  part: 'prepare',
  changes(assignment) {
    if (!usesApiProxy(assignment.settings)) return [hostsChange(assignment, 'direct')];
    // A Node keeps its endpoint until the step api-proxy has started the proxy.
    return [
      { ...hostsChange(assignment, 'direct'), when: 'before-api-proxy' },
      { ...hostsChange(assignment, 'api-proxy'), when: 'api-proxy' },
    ];
  },
});

/** Writes muster's block; `via`: how the host reaches the API servers. */
export function hostsChange({ host, settings }: Assignment, via: 'direct' | 'api-proxy'): Change<'file'> {
  const block = hostsBlock(settings, host, via);
  return { kind: 'file', path: hostFiles.hosts, edit: { type: 'hosts-block', block, name: host.name } };
}
