import { stringify } from 'yaml';

/**
 * YAML for Kubernetes components. They parse YAML 1.1, where a bare `yes`, `on` or `1_000` is not a string, so all
 * strings are quoted.
 */
export function kubernetesYaml(document: unknown): string {
  return stringify(document, {
    schema: 'yaml-1.1',
    aliasDuplicateObjects: false,
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
  });
}

/** A kubeadm configuration file. `secrets`: values by placeholder. */
export function kubeadmYaml(documents: readonly unknown[], secrets: Readonly<Record<string, string>> = {}): string {
  const text = documents.map((document) => kubernetesYaml(document)).join('---\n');
  return Object.entries(secrets).reduce((filled, [name, secret]) => filled.replaceAll(name, secret), text);
}
