import { minorVersion } from '../../kubeadm/version.ts';
import type { ClusterSettings } from '../../plan/schema.ts';

/** Installed at one version. */
export const kubernetesPackages = ['kubeadm', 'kubelet', 'kubectl'] as const;

/** A package that the step `packages` installs. */
export interface WantedPackage {
  name: string;
  /** null: any version; `1.30.2-*`: the newest revision. */
  version: string | null;
  /** The program that it is installed for: superfluous where that exists, and skipped where no source offers it. */
  unless?: string;
  /** The node works without it. */
  optional?: true;
}

/** The runtime's packages besides the planned one; Debian 13 moved docker's client to docker-cli. */
const runtimeCompanions: Readonly<Record<string, readonly WantedPackage[]>> = {
  'docker.io': [{ name: 'docker-cli', version: null, unless: 'docker' }],
  'docker-ce': [
    { name: 'docker-ce-cli', version: null },
    { name: 'containerd.io', version: null },
  ],
};

/** First minor version whose kubeadm accepts a host without conntrack. */
const firstWithoutConntrack = 32;

/** All packages of a node, the runtime's first. */
export function wantedPackages({ kubernetes, runtime }: ClusterSettings): WantedPackage[] {
  const { version, packageVersion } = kubernetes;
  return [
    { name: runtime.package, version: null },
    ...(runtimeCompanions[runtime.package] ?? []),
    ...helperPackages(version),
    // Newer kubeadm packages do not depend on it.
    { name: 'cri-tools', version: null },
    ...kubernetesPackages.map((name) => ({ name, version: packageVersion ?? `${version}-*` })),
  ];
}

/** Kept at their version by the package manager: the runtime and everything from Kubernetes' source. */
export function heldPackages({ runtime }: Pick<ClusterSettings, 'runtime'>): string[] {
  const companions = (runtimeCompanions[runtime.package] ?? []).map(({ name }) => name);
  return [...new Set([runtime.package, ...companions, 'cri-tools', ...kubernetesPackages])];
}

/** Programs that kubeadm looks for, and on which newer kubelet packages do not depend. */
function helperPackages(version: string): WantedPackage[] {
  const required = minorVersion(version) < firstWithoutConntrack ? { conntrack: 'conntrack' } : {};
  return [
    ...Object.entries({ ...required, ip: 'iproute2', iptables: 'iptables' }).map(([unless, name]) => ({
      ...{ name, version: null, unless },
    })),
    ...['ethtool', 'socat', 'ebtables'].map((name) => ({ name, version: null, unless: name, optional: true as const })),
  ];
}
