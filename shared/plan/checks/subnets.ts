import ipaddr from 'ipaddr.js';
import { contains, overlap, parseSubnet, type Subnet } from '../../subnet.ts';
import { defaultNetwork } from '../defaults.ts';
import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';
import { argumentsAt } from './components/decided.ts';
import { readNodeMask } from './node-mask.ts';
import { checkRange, format } from './reserved-ranges.ts';

/** kube-controller-manager and kubeadm reject a pod subnet more than 16 bits larger than a host's range. */
const mostBits = 16;
/** kubeadm's limits: at least ten addresses (the DNS service is the tenth), at most 2^20. */
const servicePrefixes = { smallest: 28, largest: 12 };
/** The kubelet's default. */
const defaultMaxPods = 110;

/** Requires subnets that are large enough and overlap neither each other nor the hosts. */
export function checkSubnets(plan: PartialPlan, report: Report): void {
  const { network, hosts = [] } = plan;
  const runtime = typeof plan.runtime === 'string' ? plan.runtime : (plan.runtime?.name ?? 'containerd');
  const pod = readSubnet('podSubnet');
  const service = readSubnet('serviceSubnet');
  if (pod !== null) checkPodSubnet(pod, plan, report);
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
      // A colon or a comma: an IPv6 subnet, or a list of one subnet of each family.
      if (/[:,]/.test(written)) report(path, 'dual-stack-unsupported', { subnet: defaultNetwork[key] });
      else report(path, 'subnet-invalid');
      return null;
    }
    const [address, prefix] = subnet;
    const first = ipaddr.IPv4.networkAddressFromCIDR(written);
    if (address.toString() !== first.toString()) {
      report(path, 'subnet-not-first-address', { subnet: `${first.toString()}/${prefix}` });
      return null;
    }
    checkRange(subnet, key, { runtime, report });
    return subnet;
  }
}

function checkPodSubnet([, prefix]: Subnet, plan: PartialPlan, report: Report): void {
  const path: Path = ['network', 'podSubnet'];
  const hosts = plan.hosts?.length ?? 0;
  const mask = readNodeMask(plan, prefix, report);
  const { plugin } = plan.network ?? {};
  if (mask === null) {
    checkAllocation(plugin, plan, report);
    return;
  }
  const room = prefix > mask ? 0 : 2 ** (mask - prefix);
  if (prefix < mask - mostBits) {
    report(path, 'pod-subnet-too-large', { node: mask, largest: mask - mostBits });
  } else if (room < hosts) {
    const needed = mask - Math.ceil(Math.log2(hosts));
    report(path, 'pod-subnet-too-small', { prefix, room, node: mask, hosts, needed });
  }
  // Calico assigns addresses in blocks of its own.
  if (plugin?.calico === undefined) checkMaxPods(mask, plan, report);
}

function checkMaxPods(mask: number, { kubernetes }: PartialPlan, report: Report): void {
  const kubelet = kubernetes?.components?.kubeletConfiguration;
  const configured = typeof kubelet?.maxPods === 'number' ? kubelet.maxPods : defaultMaxPods;
  // The argument replaces the field.
  const place = ['joinConfiguration', 'nodeRegistration', 'kubeletExtraArgs'];
  const flag = argumentsAt(kubernetes?.components, place).find(({ name }) => name === 'max-pods');
  const pods = flag === undefined ? configured : Number(flag.value);
  const room = 2 ** (32 - mask) - 3;
  if (pods > room) report(['network', 'podSubnet'], 'node-range-small', { node: mask, room, pods });
}

/** Flannel takes each host's range from its Node. */
function checkAllocation(
  plugin: NonNullable<PartialPlan['network']>['plugin'],
  { kubernetes }: PartialPlan,
  report: Report,
): void {
  const place = ['clusterConfiguration', 'controllerManager', 'extraArgs'];
  const off = argumentsAt(kubernetes?.components, place).find(({ name }) => name === 'allocate-node-cidrs');
  if (plugin?.flannel === undefined || String(off?.value) !== 'false') return;
  report(['kubernetes', 'components', ...(off?.path ?? [])], 'node-ranges-off', {
    plugin: `Flannel ${plugin.flannel}`,
  });
}

function checkServiceSubnet([, prefix]: Subnet, report: Report): void {
  const { smallest, largest } = servicePrefixes;
  if (prefix <= smallest && prefix >= largest) return;
  report(['network', 'serviceSubnet'], 'service-subnet-size', { prefix, largest, smallest });
}
