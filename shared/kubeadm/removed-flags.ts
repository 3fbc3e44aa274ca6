type Removed = ReadonlyMap<string, number>;

/** Flags by the first minor version that refuses to start with them; these were removed from all components (KEP-2845). */
export const removedLogFlags: Removed = new Map(
  [
    ...['add-dir-header', 'alsologtostderr', 'log-backtrace-at', 'log-dir', 'log-file', 'log-file-max-size'],
    ...['logtostderr', 'one-output', 'skip-headers', 'skip-log-headers', 'stderrthreshold'],
  ].map((name) => [name, 26] as const),
);

/** Of the kubelet. Sources: Kubernetes' changelogs. */
export const removedKubeletFlags: Removed = new Map([
  ...removedLogFlags,
  ...[
    ...['network-plugin', 'network-plugin-mtu', 'cni-bin-dir', 'cni-conf-dir', 'cni-cache-dir', 'docker-endpoint'],
    ...['image-pull-progress-deadline', 'experimental-dockershim-root-directory', 'dynamic-config-dir'],
  ].map((name) => [name, 24] as const),
  ['container-runtime', 27],
  ['master-service-namespace', 27],
]);
