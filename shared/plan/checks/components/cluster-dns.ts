import ipaddr from 'ipaddr.js';
import { contains, parseSubnet } from '../../../subnet.ts';
import { defaultNetwork } from '../../defaults.ts';
import type { Path, Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';

/** CoreDNS gets the tenth address of the service subnet. A link-local address is that of a DNS cache on every node. */
export function checkClusterDns({ kubernetes, network }: PartialPlan, report: Report): void {
  const written = kubernetes?.components?.kubeletConfiguration?.clusterDNS;
  const range = parseSubnet(network?.serviceSubnet ?? defaultNetwork.serviceSubnet);
  if (!Array.isArray(written) || range === null) return;
  const tenth = tenthAddress(range[0]);
  for (const [index, address] of written.entries()) {
    const path: Path = ['kubernetes', 'components', 'kubeletConfiguration', 'clusterDNS', index];
    const text = String(address);
    if (!ipaddr.isValid(text) || /^\d+$/.test(text)) report(path, 'cluster-dns-invalid', { tenth });
    else if (contains(range, text)) {
      if (text !== tenth) report(path, 'cluster-dns-not-coredns', { tenth });
    } else if (ipaddr.parse(text).range() !== 'linkLocal') {
      report(path, 'cluster-dns-outside', { subnet: range.join('/'), tenth });
    }
  }
}

function tenthAddress(first: ipaddr.IPv4): string {
  const [a = 0, b = 0, c = 0, d = 0] = first.octets;
  return [a, b, c, d + 10].join('.');
}
