/** Minor version of a Kubernetes 1.x release: 23 for `1.23.0`. Throws RangeError otherwise. */
export function minorVersion(version: string): number {
  const minor = /^1\.(\d+)\.\d+/.exec(version)?.[1];
  if (minor === undefined) throw new RangeError(`not a Kubernetes 1.x version: ${version}`);
  return Number(minor);
}

export type KubeadmApiVersion = 'v1beta2' | 'v1beta3' | 'v1beta4';

/** The newest configuration API version that this kubeadm reads without a warning. */
export function kubeadmApiVersion(version: string): KubeadmApiVersion {
  const minor = minorVersion(version);
  if (minor < 22) return 'v1beta2';
  return minor < 31 ? 'v1beta3' : 'v1beta4';
}

/** Whether command-line arguments are lists of {name, value}, as since v1beta4; before, they are maps. */
export const hasArgumentLists = (version: string): boolean =>
  !['v1beta2', 'v1beta3'].includes(kubeadmApiVersion(version));
