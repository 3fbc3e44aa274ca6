import { minorVersion } from '../kubeadm/version.ts';

export const oldestMinor = 20;
/** First minor version without dockershim in the kubelet. */
export const firstWithoutDockershim = 24;
/** Oldest minor version in the public package source; older ones were removed with the previous source. */
export const firstPublic = 24;

/** Parses `1.23.0` and, if the plan pins a package revision, `1.23.0-00`; a leading `v` is allowed. */
export function readVersion(written: string): { version: string; packageVersion: string | null } {
  const full = written.replace(/^v/, '');
  const [version = full] = full.split('-');
  return { version, packageVersion: full === version ? null : full };
}

/**
 * kubeadm's default repository for this version. It must match exactly: since 1.21, kubeadm looks for CoreDNS at
 * coredns/coredns in its default repository and at coredns in any other. The default changed with 1.25 and with
 * 1.22.17, 1.23.15 and 1.24.9.
 */
export function defaultImageRepository(version: string): string {
  return firstWithNewRegistry(version) === null ? 'registry.k8s.io' : 'k8s.gcr.io';
}

/** The first version, of this minor if there is one, whose default repository is registry.k8s.io; null: it already is. */
export function firstWithNewRegistry(version: string): string | null {
  const minor = Math.max(22, minorVersion(version));
  const firstPatch = { 22: 17, 23: 15, 24: 9 }[minor];
  const isOlder = minor > minorVersion(version);
  const patch = isOlder ? 0 : Number(version.split('.')[2]);
  return firstPatch === undefined || patch >= firstPatch ? null : `1.${minor}.${firstPatch}`;
}
