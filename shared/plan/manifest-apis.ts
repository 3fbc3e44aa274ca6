/** API versions of objects in manifests: the first minor version that has them, the first that no longer does. */
const apis: Readonly<Record<string, readonly [since: number, until: number]>> = {
  'policy/v1': [21, Number.POSITIVE_INFINITY],
  'policy/v1beta1': [0, 25],
  ...Object.fromEntries(
    [
      ...['extensions', 'networking.k8s.io', 'apiextensions.k8s.io', 'apiregistration.k8s.io'],
      ...['rbac.authorization.k8s.io', 'admissionregistration.k8s.io', 'certificates.k8s.io'],
      ...['coordination.k8s.io', 'scheduling.k8s.io'],
    ].map((group) => [`${group}/v1beta1`, [0, 22]] as const),
  ),
  ...Object.fromEntries(
    ['batch', 'discovery.k8s.io', 'node.k8s.io'].map((group) => [`${group}/v1beta1`, [0, 25]] as const),
  ),
  'apps/v1beta1': [0, 16],
  'apps/v1beta2': [0, 16],
  'autoscaling/v2beta1': [0, 25],
  'autoscaling/v2beta2': [0, 26],
  'autoscaling/v2': [23, Number.POSITIVE_INFINITY],
  'discovery.k8s.io/v1': [21, Number.POSITIVE_INFINITY],
};

/** Kinds of an API version that was removed with other kinds: the first minor version that has them. */
const laterKinds: Readonly<Record<string, number>> = {
  ValidatingAdmissionPolicy: 28,
  ValidatingAdmissionPolicyBinding: 28,
  IPAddress: 31,
  ServiceCIDR: 31,
  ClusterTrustBundle: 33,
  LeaseCandidate: 33,
  MutatingAdmissionPolicy: 34,
  MutatingAdmissionPolicyBinding: 34,
};

/** The first API version of a manifest that this minor version of Kubernetes does not have; null: none. */
export function missingApi(manifest: string, minor: number): string | null {
  for (const document of manifest.split(/^---/m)) {
    const api = fieldOf(document, 'apiVersion');
    const kind = fieldOf(document, 'kind');
    const [since, until] = (Object.hasOwn(apis, api) ? apis[api] : undefined) ?? [0, Number.POSITIVE_INFINITY];
    const isLater = Object.hasOwn(laterKinds, kind) && minor >= (laterKinds[kind] ?? 0);
    if (!isLater && (minor < since || minor >= until)) return api;
  }
  return null;
}

const fieldOf = (document: string, field: 'apiVersion' | 'kind') =>
  new RegExp(String.raw`^${field}:\s*["']?(?<value>[\w./-]+)["']?\s*$`, 'm').exec(document)?.groups?.value ?? '';
