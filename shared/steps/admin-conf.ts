import { hostFiles } from './content/files.ts';
import { defineStep } from './definition.ts';

export const adminConf = defineStep({
  id: 'admin-conf',
  title: { en: 'Copy admin.conf to root’s kubeconfig', zh: '将 admin.conf 复制为 root 的 kubeconfig' },
  activity: { en: 'copying admin.conf', zh: '复制 admin.conf' },
  bootstrap: 'control-plane',
  part: 'cluster',
  needs: ['kubeadm-init', 'kubeadm-join'],
  opensJoin: true,
  changes: () => [{ kind: 'copy', from: '/etc/kubernetes/admin.conf', path: hostFiles.rootKubeconfig, mode: 0o600 }],
});
