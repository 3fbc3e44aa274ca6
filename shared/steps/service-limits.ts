import { dropIn, limitsDropIn } from './content/services.ts';
import { defineStep } from './definition.ts';

export const serviceLimits = defineStep({
  id: 'service-limits',
  title: {
    en: 'Raise the open-file limit of the runtime and the kubelet',
    zh: '提高运行时和 kubelet 的打开文件数限制',
  },
  activity: { en: 'raising open-file limits', zh: '提高打开文件数限制' },
  bootstrap: 'all',
  part: 'prepare',
  changes: ({ settings }) => [
    // On a Node, a new limit alone does not justify a restart; it applies at the runtime's next start.
    { kind: 'restart-later', unit: settings.runtime.name, when: 'not-node' },
    ...[settings.runtime.name, 'kubelet'].map((unit) => ({
      kind: 'file' as const,
      path: dropIn(unit, 'limits'),
      content: limitsDropIn(),
    })),
    { kind: 'command', argv: ['systemctl', 'daemon-reload'] },
  ],
});
