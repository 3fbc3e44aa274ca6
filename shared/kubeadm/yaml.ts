import { stringify } from 'yaml';

/**
 * YAML for Kubernetes' own programs. They read it as YAML 1.1, where a bare `yes`, `on` or `1_000` is no string: so every string is quoted.
 */
export function kubernetesYaml(document: unknown): string {
  return stringify(document, {
    schema: 'yaml-1.1',
    aliasDuplicateObjects: false,
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
  });
}

/** A configuration file of kubeadm. `secrets`: placeholder -> what stands there in truth. */
export function kubeadmYaml(documents: readonly unknown[], secrets: Readonly<Record<string, string>> = {}): string {
  const text = documents.map((document) => kubernetesYaml(document)).join('---\n');
  return Object.entries(secrets).reduce((filled, [name, secret]) => filled.replaceAll(name, secret), text);
}
