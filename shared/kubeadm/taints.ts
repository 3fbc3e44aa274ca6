import type { PlannedHost, Taint } from '../plan/schema.ts';
import { minorVersion } from './version.ts';

const controlPlane: Taint = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' };
const master: Taint = { key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' };

/** The taints with which kubeadm registers a control plane when its configuration has none. */
export function defaultTaints(version: string): Taint[] {
  const minor = minorVersion(version);
  if (minor < 24) return [master];
  return minor === 24 ? [master, controlPlane] : [controlPlane];
}

/**
 * The planned taints; on a control plane after kubeadm's own, which a list would otherwise replace. A planned taint with
 * a key of kubeadm's replaces them.
 */
export function registeredTaints({ role, taints }: Pick<PlannedHost, 'role' | 'taints'>, version: string): Taint[] {
  if (role === 'worker' || taints.some(({ key }) => [master.key, controlPlane.key].includes(key))) return taints;
  return [...defaultTaints(version), ...taints];
}
