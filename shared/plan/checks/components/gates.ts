import { newestListed } from '../../../kubeadm/fields/index.ts';
import { minorVersion } from '../../../kubeadm/version.ts';
import { readVersion } from '../../kubernetes-version.ts';
import type { Path, Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';

/** kubeadm's own feature gates: the first minor version that has each. Source: cmd/kubeadm/app/features. */
const gates: Readonly<Record<string, number>> = {
  IPv6DualStack: 16,
  PublicKeysECDSA: 19,
  RootlessControlPlane: 22,
  UnversionedKubeletConfigMap: 23,
  EtcdLearnerMode: 27,
  UpgradeAddonsBeforeControlPlane: 28,
  WaitForAllControlPlaneComponents: 30,
  ControlPlaneKubeletLocalMode: 31,
  NodeLocalCRISocket: 32,
};

const root: Path = ['kubernetes', 'components'];

/** Reports feature gates that are not kubeadm's own: it refuses those of components. */
export function checkGates({ kubernetes }: PartialPlan, report: Report): void {
  const components = kubernetes?.components;
  if (kubernetes?.version === undefined || components === undefined) return;
  const minor = minorVersion(readVersion(kubernetes.version).version);
  const written = components.clusterConfiguration?.featureGates;
  const isMapping = typeof written === 'object' && written !== null && !Array.isArray(written);
  for (const gate of isMapping && minor <= newestListed ? Object.keys(written) : []) {
    const since = Object.hasOwn(gates, gate) ? (gates[gate] ?? 0) : Number.POSITIVE_INFINITY;
    if (minor < since) report([...root, 'clusterConfiguration', 'featureGates', gate], 'gate-not-of-kubeadm');
  }
}
