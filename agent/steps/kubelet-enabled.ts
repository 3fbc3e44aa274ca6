import { isKubeletConfigured } from '../machine/kubelet.ts';
import { unitNamed } from '../machine/unit.ts';
import { executeChanges } from './declared.ts';
import { runningKubeadm } from './running-kubeadm.ts';
import type { Step } from './step.ts';

/**
 * Enables the kubelet and starts it if it is configured; kubeadm starts it the first time and controls it while it
 * runs.
 */
export const kubeletEnabled: Step = {
  id: 'kubelet-enabled',

  async check({ host }) {
    const { enabled, active } = await unitNamed(host, 'kubelet');
    if (!enabled)
      return { state: 'todo', message: { en: 'kubelet: not enabled at boot', zh: 'kubelet：未设为开机启动' } };
    if (active || !(await isKubeletConfigured(host)) || (await runningKubeadm(host)).length > 0)
      return { state: 'done' };
    return { state: 'todo', message: { en: 'kubelet: not running', zh: 'kubelet：未运行' } };
  },

  apply: (context) => executeChanges('kubelet-enabled', context),
};
