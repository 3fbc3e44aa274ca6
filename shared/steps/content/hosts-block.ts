import type { ClusterSettings, PlannedHost } from '../../plan/schema.ts';

export const hostsBlockBegin = '# muster: begin';
export const hostsBlockEnd = '# muster: end';

/**
 * muster's block in /etc/hosts on host `self`, including markers and a final newline. The endpoint's name points a
 * control plane to itself, so that it can start alone, and all other hosts to the first control plane.
 */
export function hostsBlock(settings: ClusterSettings, self: Pick<PlannedHost, 'address' | 'role'>): string {
  const lines = settings.hosts.map((host) => `${host.address} ${host.name}`);
  const first = settings.hosts.find((host) => host.role === 'control-plane');
  const endpoint = self.role === 'control-plane' ? self.address : first?.address;
  if (settings.endpoint.managed && endpoint !== undefined) lines.push(`${endpoint} ${settings.endpoint.host}`);
  return `${[hostsBlockBegin, ...lines, hostsBlockEnd].join('\n')}\n`;
}
