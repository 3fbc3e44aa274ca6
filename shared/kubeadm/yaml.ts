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
