import { kubeletConf } from '../kube/kubeconfig.ts';
import { output } from './program.ts';
import type { Step } from './step.ts';
import { unitStatus } from './unit.ts';

/** Enabled, and on a Node running; before that kubeadm starts it, once there is something to start it with. */
export const kubeletEnabled: Step = {
  id: 'kubelet-enabled',

  async check({ host }) {
    const [{ enabled, active }, isNode] = await Promise.all([unitStatus(host, 'kubelet'), host.exists(kubeletConf)]);
    if (!enabled) return { state: 'todo', message: 'the kubelet does not start at boot' };
    return active || !isNode ? { state: 'done' } : { state: 'todo', message: 'the kubelet is not running' };
  },

  async apply({ host }) {
    const remedy = 'on this host: systemctl status kubelet';
    await host.remember({ kind: 'unit', name: 'kubelet.service' });
    await output(host, 'systemctl', ['enable', 'kubelet'], { remedy });
    if (await host.exists(kubeletConf)) await output(host, 'systemctl', ['start', 'kubelet'], { remedy });
  },
};
