import { minorVersion } from '../kubeadm/version.ts';

export const oldestMinor = 20;
/** From this minor on the kubelet has no dockershim. */
export const firstWithoutDockershim = 24;
/** The oldest minor that the public package source has; what came before it went away with the old one. */
export const firstPublic = 24;

/** `1.23.0` and, where the plan pins a package's revision, `1.23.0-00`. */
export function readVersion(written: string): { version: string; packageVersion: string | null } {
  const full = written.replace(/^v/, '');
  const [version = full] = full.split('-');
  return { version, packageVersion: full === version ? null : full };
}

/**
 * The repository that kubeadm of this version takes by default. It must be exactly that one: from 1.21 on, kubeadm looks for CoreDNS
 * at coredns/coredns in its own default repository, and at coredns in any other. The change came with 1.25 and the last
 * patch releases of 1.22 (.17), 1.23 (.15) and 1.24 (.9).
 */
export function defaultImageRepository(version: string): string {
  const minor = minorVersion(version);
  const firstPatch: Record<number, number> = { 22: 17, 23: 15, 24: 9 };
  const patch = Number(version.split('.')[2]);
  return minor >= 25 || patch >= (firstPatch[minor] ?? Number.POSITIVE_INFINITY) ? 'registry.k8s.io' : 'k8s.gcr.io';
}
