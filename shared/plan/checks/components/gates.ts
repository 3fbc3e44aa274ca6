import { minorVersion } from '../../../kubeadm/version.ts';
import { readVersion } from '../../kubernetes-version.ts';
import type { Path, Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { argumentsAt } from './decided.ts';

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
/** The newest minor version whose gates are listed. */
const newestListed = 36;

const root: Path = ['kubernetes', 'components'];

/** Reports feature gates that kubeadm, and node labels that the kubelet refuses. */
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
  for (const section of ['initConfiguration', 'joinConfiguration']) checkNodeLabels(components, section, report);
}

/** Labels in the namespaces of Kubernetes that a kubelet may set on its own Node. */
const ownLabels =
  /^((beta\.)?kubernetes\.io\/(os|arch|hostname|instance-type)|(failure-domain\.beta|topology)\.kubernetes\.io\/(zone|region)|node\.kubernetes\.io\/instance-type|([^/]+\.)?(kubelet|node)\.kubernetes\.io\/.+)$/;

function checkNodeLabels(components: unknown, section: string, report: Report): void {
  for (const { name, value, path } of argumentsAt(components, [section, 'nodeRegistration', 'kubeletExtraArgs'])) {
    if (name !== 'node-labels') continue;
    for (const pair of String(value).split(',')) {
      const [key = ''] = pair.split('=');
      if (!/(^|\.)(kubernetes|k8s)\.io\//.test(key) || ownLabels.test(key)) continue;
      report([...root, ...path], 'node-label-refused', { key });
    }
  }
}
