import { changeUnit, reloadUnits, unitNamed } from '../../machine/unit.ts';
import type { Remedy } from './remedy.ts';

export const restartRuntime: Remedy = async ({ host, runtime }) => {
  await reloadUnits(host);
  await changeUnit(host, 'restart', runtime);
  if (runtime !== 'docker') return;
  // The kubelet reaches docker through cri-dockerd, from Kubernetes 1.24 on.
  const { enabled } = await unitNamed(host, 'cri-docker');
  if (enabled) await changeUnit(host, 'restart', 'cri-docker');
};
