import { output } from './program.ts';
import type { Step } from './step.ts';
import { unitStatus } from './unit.ts';

/** Enabled, not started: kubeadm starts it once there is something to start it with. */
export const kubeletEnabled: Step = {
  id: 'kubelet-enabled',

  async check({ host }) {
    if ((await unitStatus(host, 'kubelet')).enabled) return { state: 'done' };
    return { state: 'todo', message: 'the kubelet does not start at boot' };
  },

  async apply({ host }) {
    await output(host, 'systemctl', ['enable', 'kubelet'], { remedy: 'on this host: systemctl status kubelet' });
  },
};
