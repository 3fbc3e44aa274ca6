import { minorVersion } from '../../kubeadm/version.ts';
import type { PackageFormat } from '../../packages/format.ts';
import { packageFormats } from '../../packages/index.ts';
import { usesApiProxy } from '../../plan/api-proxy.ts';
import type { ClusterSettings, PackageSource, Role, Runtime } from '../../plan/schema.ts';
import { packageManagerOf } from '../../systems.ts';
import { apiProxy } from './api-proxy.ts';
import { keepalived, virtualAddress } from './keepalived.ts';

type Names = Pick<PackageFormat, 'packageOf'>;

/** Installed at one version. */
export const kubernetesPackages = ['kubeadm', 'kubelet', 'kubectl'] as const;

export const isKubernetesPackage = (name: string): boolean => kubernetesPackages.some((one) => one === name);

/** A package that the step `packages` installs. */
export interface WantedPackage {
  name: string;
  /** null: any version; otherwise the version or its first numbers, and `1.30.2-*` the newest revision. */
  version: string | null;
  /** The program that it is installed for: superfluous where that exists, and skipped where no source offers it. */
  unless?: string;
  /** The node works without it. */
  optional?: true;
}

/** The runtime's packages besides the planned one; Debian 13 moved docker's client to docker-cli. */
function runtimeCompanions(runtime: Runtime): WantedPackage[] {
  const { version } = runtime;
  if (runtime.package === 'docker.io') return [{ name: 'docker-cli', version, unless: 'docker' }];
  if (runtime.package !== 'docker-ce') return [];
  return [
    { name: 'docker-ce-cli', version },
    { name: 'containerd.io', version: null },
  ];
}

/** The planned repository of the runtime's packages; empty: the host's own sources. */
export function runtimeSources(
  { runtime }: Pick<ClusterSettings, 'runtime'>,
  release: { id: string; codename: string },
): PackageSource[] {
  return runtime.packages === null
    ? []
    : [packageFormats[packageManagerOf(release)].runtimeRepository(runtime.packages, release)];
}

/** First minor version whose kubeadm accepts a host without conntrack. */
const firstWithoutConntrack = 32;

/** All packages of a node, the runtime's first. */
export function wantedPackages(settings: ClusterSettings, role: Role, { packageOf }: Names): WantedPackage[] {
  const { kubernetes, runtime } = settings;
  const { version, packageVersion } = kubernetes;
  return [
    { name: runtime.package, version: runtime.version },
    ...runtimeCompanions(runtime),
    ...helperPackages(version, packageOf),
    ...(usesApiProxy(settings) ? [{ name: apiProxy.package, version: null }] : []),
    ...(virtualAddress(settings, role) === null ? [] : [{ name: keepalived.package, version: null }]),
    // Newer kubeadm packages do not depend on it.
    { name: 'cri-tools', version: null },
    ...kubernetesPackages.map((name) => ({ name, version: packageVersion ?? `${version}-*` })),
  ];
}

/** Kept at their version by the package manager: the runtime and everything from Kubernetes' source. */
export function heldPackages({ runtime }: Pick<ClusterSettings, 'runtime'>): string[] {
  const companions = runtimeCompanions(runtime).map(({ name }) => name);
  return [...new Set([runtime.package, ...companions, 'cri-tools', ...kubernetesPackages])];
}

/** Programs that kubeadm looks for, and on which newer kubelet packages do not depend. */
function helperPackages(version: string, packageOf: PackageFormat['packageOf']): WantedPackage[] {
  const required = minorVersion(version) < firstWithoutConntrack ? (['conntrack'] as const) : [];
  return [
    ...([...required, 'ip', 'iptables'] as const).map((unless) => ({ name: packageOf[unless], version: null, unless })),
    ...(['ethtool', 'socat', 'ebtables'] as const).map((unless) => ({
      ...{ name: packageOf[unless], version: null, unless, optional: true as const },
    })),
  ];
}
