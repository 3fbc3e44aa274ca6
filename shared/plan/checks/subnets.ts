import ipaddr from 'ipaddr.js';
import { contains, overlap, parseSubnet, type Subnet } from '../../subnet.ts';
import { defaultNetwork } from '../defaults.ts';
import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

/** Prefix length of each node's pod range; kube-controller-manager's default. */
const nodePrefix = 24;
/** kube-controller-manager rejects a pod subnet more than 16 bits larger than a node's range. */
const largestPodPrefix = nodePrefix - 16;
/** kubeadm's limits: at least ten addresses (the DNS service is the tenth), at most 2^20. */
const servicePrefixes = { smallest: 28, largest: 12 };

/** Requires subnets that are large enough and overlap neither each other nor the hosts. */
export function checkSubnets({ network, hosts = [] }: PartialPlan, report: Report): void {
  const pod = readSubnet('podSubnet');
  const service = readSubnet('serviceSubnet');
  if (pod !== null) checkPodSubnet(pod, hosts.length, report);
  if (service !== null) checkServiceSubnet(service, report);
  if (pod !== null && service !== null && overlap(pod, service)) {
    report(['network', 'serviceSubnet'], 'subnets-overlap', { service: format(service), pod: format(pod) });
  }
  for (const [index, host] of hosts.entries()) {
    if (host?.address === undefined) continue;
    for (const [subnet, title] of [
      [pod, 'pod'],
      [service, 'service'],
    ] as const) {
      if (subnet === null || !contains(subnet, host.address)) continue;
      report(['hosts', index, 'address'], `address-in-${title}-subnet`, { subnet: format(subnet) });
    }
  }

  function readSubnet(key: 'podSubnet' | 'serviceSubnet'): Subnet | null {
    const written = network !== undefined && key in network ? network[key] : defaultNetwork[key];
    if (written === undefined) return null;
    const path: Path = ['network', key];
    const subnet = parseSubnet(written);
    if (subnet === null) {
      report(path, 'subnet-invalid');
      return null;
    }
    const [address, prefix] = subnet;
    const first = ipaddr.IPv4.networkAddressFromCIDR(written);
    if (address.toString() !== first.toString()) {
      report(path, 'subnet-not-first-address', { subnet: `${first.toString()}/${prefix}` });
      return null;
    }
    return subnet;
  }
}

function checkPodSubnet([, prefix]: Subnet, hosts: number, report: Report): void {
  const room = prefix > nodePrefix ? 0 : 2 ** (nodePrefix - prefix);
  if (prefix < largestPodPrefix) {
    report(['network', 'podSubnet'], 'pod-subnet-too-large', { largest: largestPodPrefix });
  } else if (room < hosts) {
    const needed = nodePrefix - Math.ceil(Math.log2(hosts));
    report(['network', 'podSubnet'], 'pod-subnet-too-small', { prefix, room, node: nodePrefix, hosts, needed });
  }
}

function checkServiceSubnet([, prefix]: Subnet, report: Report): void {
  const { smallest, largest } = servicePrefixes;
  if (prefix <= smallest && prefix >= largest) return;
  report(['network', 'serviceSubnet'], 'service-subnet-size', { prefix, largest, smallest });
}

function format([address, prefix]: Subnet): string {
  return `${address.toString()}/${prefix}`;
}
