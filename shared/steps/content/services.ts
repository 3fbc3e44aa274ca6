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

/** null: no proxy planned. */
export function proxyDropIn(settings: ClusterSettings): string | null {
  const variables = Object.entries(proxyVariables(settings)).map(([name, value]) => {
    // systemd treats a percent sign as a specifier.
    return `Environment="${name}=${value.replaceAll('%', '%%')}"\n`;
  });
  return variables.length === 0 ? null : `[Service]\n${variables.join('')}`;
}

/** Whether the proxy's URL contains a user or a password. */
export const holdsPassword = ({ preparation: { proxy } }: Pick<ClusterSettings, 'preparation'>): boolean =>
  [proxy?.http, proxy?.https].some((url) => url?.includes('@') === true);

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
