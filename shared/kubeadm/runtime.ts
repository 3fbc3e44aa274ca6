import { firstWithoutDockershim } from '../plan/kubernetes-version.ts';
import type { ClusterSettings } from '../plan/schema.ts';
import { minorVersion } from './version.ts';

/**
 * Minor version -> tag of the sandbox image, from PauseVersion in cmd/kubeadm/app/constants/constants.go of each
 * release branch (constants_unix.go for 1.20). Unlisted minors use the tag of the nearest older one.
 */
const pauseTags: readonly [fromMinor: number, tag: string][] = [
  [36, '3.10.2'],
  [34, '3.10.1'],
  [31, '3.10'],
  [26, '3.9'],
  [25, '3.8'],
  [24, '3.7'],
  [23, '3.6'],
  [22, '3.5'],
  [21, '3.4.1'],
  [20, '3.2'],
];

/**
 * The sandbox image that this kubeadm version pulls. The runtime must use the same one, otherwise every host stores
 * two, and a mirror may have only kubeadm's. `listed`: the tag that the installed kubeadm lists; null: it is not
 * installed yet. Throws RangeError for versions before 1.20.
 */
export function pauseImage(
  { version, imageRepository }: Pick<ClusterSettings['kubernetes'], 'version' | 'imageRepository'>,
  listed: string | null = null,
): string {
  const minor = minorVersion(version);
  const tag = listed ?? pauseTags.find(([from]) => minor >= from)?.[1];
  if (tag === undefined) throw new RangeError(`no sandbox image is known for Kubernetes ${version}`);
  return `${imageRepository}/pause:${tag}`;
}

export const criDockerdSocket = '/var/run/cri-dockerd.sock';

/** Whether the kubelet talks to docker through cri-dockerd: it has no built-in support since 1.24. */
export const usesCriDockerd = ({ runtime, kubernetes }: Pick<ClusterSettings, 'runtime' | 'kubernetes'>): boolean =>
  runtime.name === 'docker' && minorVersion(kubernetes.version) >= firstWithoutDockershim;

/**
 * The CRI socket in the form this kubeadm expects: a path up to 1.23, a URL since 1.24, where a bare path is
 * deprecated.
 */
export function criSocket(settings: ClusterSettings): string {
  if (usesCriDockerd(settings)) return `unix://${criDockerdSocket}`;
  if (settings.runtime.name === 'docker') return '/var/run/dockershim.sock';
  const path = '/run/containerd/containerd.sock';
  return minorVersion(settings.kubernetes.version) < 24 ? path : `unix://${path}`;
}
