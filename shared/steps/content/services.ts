import type { ClusterSettings } from '../../plan/schema.ts';

/**
 * Drop-ins of systemd for the runtime and the kubelet. What runs in containers inherits the runtime's limit: the distributions' range
 * from 1,024, which databases run out of, to infinity, which old programs walk through one by one.
 */
export const openFiles = 1_048_576;

export const dropIn = (unit: string, name: 'limits' | 'proxy') =>
  `/etc/systemd/system/${unit}.service.d/50-muster-${name}.conf`;

export function limitsDropIn(): string {
  return `[Service]\nLimitNOFILE=${openFiles}\n`;
}

/** null: no proxy is planned. */
export function proxyDropIn(settings: ClusterSettings): string | null {
  const variables = Object.entries(proxyVariables(settings)).map(([name, value]) => {
    // systemd takes a percent sign for the beginning of a specifier.
    return `Environment="${name}=${value.replaceAll('%', '%%')}"\n`;
  });
  return variables.length === 0 ? null : `[Service]\n${variables.join('')}`;
}

/** The environment that leads a program through the planned proxy; empty where there is none. */
export function proxyVariables(settings: ClusterSettings): Record<string, string> {
  const { proxy } = settings.preparation;
  if (proxy === null) return {};
  return {
    ...(proxy.http === null ? {} : { HTTP_PROXY: proxy.http }),
    ...(proxy.https === null ? {} : { HTTPS_PROXY: proxy.https }),
    NO_PROXY: noProxy(settings).join(','),
  };
}

/** All of the cluster is reached directly: its hosts, its endpoint, pods and services, by address and by name. */
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
