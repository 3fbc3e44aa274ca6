import { usesApiProxy } from '../../plan/api-proxy.ts';
import type { ClusterSettings, PlannedHost } from '../../plan/schema.ts';
import { apiProxy } from './api-proxy.ts';

export const hostsBlockBegin = '# muster: begin';
export const hostsBlockEnd = '# muster: end';

/**
 * muster's block in /etc/hosts on host `self`, including markers and a final newline. `via`: `api-proxy` points the
 * endpoint's name to the proxy on this host; `direct` points a control plane to itself, so that it can start alone, and
 * all other hosts to the first control plane.
 */
export function hostsBlock(
  settings: ClusterSettings,
  self: Pick<PlannedHost, 'address' | 'role'>,
  via: 'direct' | 'api-proxy' = usesApiProxy(settings) ? 'api-proxy' : 'direct',
): string {
  const lines = settings.hosts.map((host) => `${host.address} ${host.name}`);
  // 127.0.0.1 still has to resolve to localhost first.
  const endpoint = via === 'api-proxy' ? `${apiProxy.address} localhost` : directAddress(settings, self);
  if (settings.endpoint.managed && endpoint !== undefined) lines.push(`${endpoint} ${settings.endpoint.host}`);
  return `${[hostsBlockBegin, ...lines, hostsBlockEnd].join('\n')}\n`;
}

function directAddress({ hosts }: ClusterSettings, self: Pick<PlannedHost, 'address' | 'role'>): string | undefined {
  return self.role === 'control-plane' ? self.address : hosts.find(({ role }) => role === 'control-plane')?.address;
}
