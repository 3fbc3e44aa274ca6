import { compareVersions } from '../../compatibility/versions.ts';
import { minorVersion } from '../../kubeadm/version.ts';
import { firstWithoutDockershim } from '../../plan/kubernetes-version.ts';
import type { ClusterSettings } from '../../plan/schema.ts';

/**
 * Required content of /etc/docker/daemon.json; other keys belong to the site. The cgroup driver must match the
 * kubelet's: two drivers make a host unstable under memory pressure. The storage driver is left to docker, which
 * selects overlay2.
 */
export function dockerDaemonJson({ runtime }: Pick<ClusterSettings, 'runtime'>): Record<string, unknown> {
  const mirrors = runtime.registryMirrors['docker.io'] ?? [];
  return {
    'exec-opts': ['native.cgroupdriver=systemd'],
    'log-driver': 'json-file',
    'log-opts': { 'max-size': '100m', 'max-file': '3' },
    ...(mirrors.length > 0 ? { 'registry-mirrors': mirrors } : {}),
    ...(runtime.insecureRegistries.length > 0 ? { 'insecure-registries': runtime.insecureRegistries } : {}),
  };
}

/** The first version that refuses API versions before 1.44 (moby#51186). */
const firstWithoutOldApi = '29.0';

/**
 * Whether docker has to be told to accept dockershim's API version 1.40. `version`: of docker's package; null: unknown,
 * in which case older versions ignore the setting.
 */
export function needsOldApi({ kubernetes }: Pick<ClusterSettings, 'kubernetes'>, version: string | null): boolean {
  if (minorVersion(kubernetes.version) >= firstWithoutDockershim) return false;
  return version === null || compareVersions(version, firstWithoutOldApi) >= 0;
}

/** A systemd drop-in for docker. */
export const oldApiDropIn =
  '# Written by muster: dockershim uses API version 1.40.\n[Service]\nEnvironment=DOCKER_MIN_API_VERSION=1.24\n';
