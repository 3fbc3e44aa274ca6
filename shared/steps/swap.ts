import { hostFiles } from './content/files.ts';
import { defineStep } from './definition.ts';

export const swap = defineStep({
  id: 'swap',
  title: { en: 'Turn swap off, now and at boot', zh: '立即关闭交换空间，启动时也不再开启' },
  activity: { en: 'turning swap off', zh: '关闭交换空间' },
  bootstrap: 'all',
  part: 'prepare',
  changes: () => [
    { kind: 'swap-units', state: 'disabled' },
    { kind: 'file', path: hostFiles.fstab, edit: { type: 'comment-out-swap' } },
    { kind: 'swap', state: 'off' },
  ],
});
