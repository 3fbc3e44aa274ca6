/** API versions of objects in manifests: the first minor version that has them, the first that no longer does. */
const apis: Readonly<Record<string, readonly [since: number, until: number]>> = {
  'policy/v1': [21, Number.POSITIVE_INFINITY],
  'policy/v1beta1': [0, 25],
  'extensions/v1beta1': [0, 22],
  'apiextensions.k8s.io/v1beta1': [0, 22],
  'rbac.authorization.k8s.io/v1beta1': [0, 22],
  'admissionregistration.k8s.io/v1beta1': [0, 22],
};

/** The first API version of a manifest that this minor version of Kubernetes does not have; null: none. */
export function missingApi(manifest: string, minor: number): string | null {
  for (const { groups } of manifest.matchAll(/^apiVersion:\s*["']?(?<api>[\w./-]+)["']?\s*$/gm)) {
    const api = groups?.api ?? '';
    const [since, until] = (Object.hasOwn(apis, api) ? apis[api] : undefined) ?? [0, Number.POSITIVE_INFINITY];
    if (minor < since || minor >= until) return api;
  }
  return null;
}
