import ipaddr from 'ipaddr.js';
import { contains, parseSubnet } from '../../../subnet.ts';
import { defaultNetwork } from '../../defaults.ts';
import type { Path, Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { kubeletArguments } from './arguments.ts';
import { argumentsAt } from './decided.ts';

/** CoreDNS gets the tenth address of the service subnet. A link-local address is that of a DNS cache on every node. */
export function checkClusterDns(plan: PartialPlan, report: Report): void {
  const range = parseSubnet(plan.network?.serviceSubnet ?? defaultNetwork.serviceSubnet);
  if (range === null) return;
  const tenth = tenthAddress(range[0]);
  for (const { address, path } of writtenAddresses(plan)) {
    const at: Path = ['kubernetes', 'components', ...path];
    if (!ipaddr.isValid(address) || /^\d+$/.test(address)) report(at, 'cluster-dns-invalid', { tenth });
    else if (contains(range, address)) {
      if (address !== tenth) report(at, 'cluster-dns-not-coredns', { tenth });
    } else if (ipaddr.parse(address).range() !== 'linkLocal') {
      report(at, 'cluster-dns-outside', { subnet: range.join('/'), tenth });
    }
  }
}

/** In the kubelet's configuration, and as the argument that replaces it. */
function writtenAddresses({ kubernetes }: PartialPlan): { address: string; path: Path }[] {
  const components = kubernetes?.components;
  const written = components?.kubeletConfiguration?.clusterDNS;
  const listed = Array.isArray(written) ? written : [];
  const flags = kubeletArguments.flatMap((place) =>
    argumentsAt(components, place).filter(({ name }) => name === 'cluster-dns'),
  );
  return [
    ...listed.map((one, index) => ({ address: String(one), path: ['kubeletConfiguration', 'clusterDNS', index] })),
    ...flags.flatMap(({ value, path }) =>
      String(value)
        .split(',')
        .map((address) => ({ address, path })),
    ),
  ];
}

function tenthAddress(first: ipaddr.IPv4): string {
  const [a = 0, b = 0, c = 0, d = 0] = first.octets;
  return [a, b, c, d + 10].join('.');
}
