import { hostFiles } from './content/files.ts';
import { kernelModules as modules, modulesFile } from './content/kernel.ts';
import { defineStep } from './definition.ts';

export const kernelModules = defineStep({
  id: 'kernel-modules',
  title: { en: 'Load overlay and br_netfilter', zh: '加载 overlay 和 br_netfilter' },
  activity: { en: 'loading kernel modules', zh: '加载内核模块' },
  bootstrap: 'all',
  part: 'prepare',
  changes: () => [
    { kind: 'file', path: hostFiles.modules, content: modulesFile() },
    ...modules.map((name) => ({ kind: 'module' as const, name })),
  ],
});
