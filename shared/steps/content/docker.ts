import type { ClusterSettings } from '../../plan/schema.ts';

/**
 * What /etc/docker/daemon.json must contain; other keys there are the site's own. The cgroup driver is the kubelet's: with two
 * drivers, a host under memory pressure becomes unstable. The storage driver is left to docker, which picks overlay2 by itself.
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
