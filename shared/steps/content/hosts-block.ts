import type { ClusterSettings, PlannedHost } from '../../plan/schema.ts';

export const hostsBlockBegin = '# muster: begin';
export const hostsBlockEnd = '# muster: end';

/**
 * The managed block of /etc/hosts on host `self`, markers included, with a newline at its end. The endpoint's name leads a control
 * plane to itself, so that it needs no other one to come up, and every other host to the first control plane.
 */
export function hostsBlock(settings: ClusterSettings, self: Pick<PlannedHost, 'address' | 'role'>): string {
  const lines = settings.hosts.map((host) => `${host.address} ${host.name}`);
  const first = settings.hosts.find((host) => host.role === 'control-plane');
  const endpoint = self.role === 'control-plane' ? self.address : first?.address;
  if (settings.endpoint.managed && endpoint !== undefined) lines.push(`${endpoint} ${settings.endpoint.host}`);
  return `${[hostsBlockBegin, ...lines, hostsBlockEnd].join('\n')}\n`;
}
