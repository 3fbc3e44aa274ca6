import { defineStep } from './definition.ts';

export const kubeletEnabled = defineStep({
  id: 'kubelet-enabled',
  title: { en: 'Enable the kubelet', zh: '启用 kubelet' },
  activity: { en: 'enabling the kubelet', zh: '启用 kubelet' },
  bootstrap: 'all',
  part: 'runtime',
  needs: ['packages'],
  installs: true,
  changes: () => [{ kind: 'unit', name: 'kubelet', start: 'needed', restart: false }],
});
