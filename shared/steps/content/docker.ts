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
