import { usesCriDockerd } from '../../kubeadm/runtime.ts';
import type { ClusterSettings } from '../../plan/schema.ts';

/**
 * systemd drop-ins for the runtime and the kubelet. Containers inherit the runtime's limit. Distributions use 1,024,
 * which is too low for databases, or infinity, which old programs iterate over.
 */
export const openFiles = 1_048_576;

/** The runtime's services, in the order in which they start. */
export const runtimeUnits = (settings: Pick<ClusterSettings, 'runtime' | 'kubernetes'>): string[] => [
  settings.runtime.name,
  ...(usesCriDockerd(settings) ? ['cri-docker'] : []),
];

export const dropIn = (unit: string, name: 'limits' | 'proxy' | 'api') =>
  `/etc/systemd/system/${unit}.service.d/50-muster-${name}.conf`;

export function limitsDropIn(): string {
  return `[Service]\nLimitNOFILE=${openFiles}\n`;
}

/** File of the proxy variables that hold a user and a password; only root may read it. */
export const proxySecretsFile = (unit: string) => `/etc/systemd/system/${unit}.service.d/50-muster-proxy.env`;

/** null: no proxy planned. */
export function proxyDropIn(settings: ClusterSettings, unit: string): string | null {
  const variables = Object.entries(proxyVariables(settings));
  if (variables.length === 0) return null;
  const lines = variables.filter(isOpen).map(([name, value]) => {
    // systemd treats a percent sign as a specifier.
    return `Environment="${name}=${value.replaceAll('%', '%%')}"\n`;
  });
  // systemctl show prints Environment= to every user, and not what is in a file.
  const secrets = variables.every(isOpen) ? '' : `EnvironmentFile=${proxySecretsFile(unit)}\n`;
  return `[Service]\n${lines.join('')}${secrets}`;
}

/** null: the planned proxies have no password. */
export function proxySecrets(settings: ClusterSettings): string | null {
  const secret = Object.entries(proxyVariables(settings)).filter((variable) => !isOpen(variable));
  return secret.length === 0 ? null : secret.map(([name, value]) => `${name}="${value}"\n`).join('');
}

/** Whether the variable holds neither a user nor a password. */
const isOpen = ([, value]: [name: string, value: string]): boolean => !value.includes('@');

/** Proxy environment variables; empty: no proxy planned. */
export function proxyVariables(settings: ClusterSettings): Record<string, string> {
  const { proxy } = settings.preparation;
  if (proxy === null) return {};
  return {
    ...(proxy.http === null ? {} : { HTTP_PROXY: proxy.http }),
    ...(proxy.https === null ? {} : { HTTPS_PROXY: proxy.https }),
    NO_PROXY: noProxy(settings).join(','),
  };
}

/** Everything in the cluster bypasses the proxy: hosts, endpoint, pods and services, by address and name. */
export function noProxy({ endpoint, hosts, network, preparation }: ClusterSettings): string[] {
  return [
    ...new Set([
      'localhost',
      '127.0.0.0/8',
      '::1',
      endpoint.host,
      ...hosts.flatMap(({ name, address }) => [address, name]),
      network.podSubnet,
      network.serviceSubnet,
      '.svc',
      `.${network.dnsDomain}`,
      ...(preparation.proxy?.noProxy ?? []),
    ]),
  ];
}
