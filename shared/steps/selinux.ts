import { hostFiles } from './content/files.ts';
import { defineStep } from './definition.ts';

/** Folders that containers write to or read from. */
const folders = ['/etc/kubernetes', '/var/lib/etcd', '/opt/cni/bin'];

export const selinux = defineStep({
  id: 'selinux',
  title: { en: 'Configure SELinux for containers', zh: '为容器配置 SELinux' },
  activity: { en: 'configuring SELinux', zh: '配置 SELinux' },
  bootstrap: 'all',
  part: 'prepare',
  changes({ settings }) {
    if (settings.preparation.selinux === 'keep') return [];
    if (settings.preparation.selinux === 'permissive') {
      return [
        { kind: 'file', path: hostFiles.selinux, edit: { type: 'selinux-permissive' }, when: 'selinux' },
        { kind: 'selinux', mode: 'permissive' },
      ];
    }
    const labels = { folders, label: 'container_file_t' };
    const path = hostFiles.selinuxContexts;
    return [
      { kind: 'file', path, edit: { type: 'selinux-contexts', ...labels }, when: 'selinux' },
      { kind: 'selinux-labels', ...labels },
    ];
  },
});
