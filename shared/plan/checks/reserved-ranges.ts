import { contains, overlap, parseSubnet, type Subnet } from '../../subnet.ts';
import { defaultNetwork } from '../defaults.ts';
import type { Path, Report } from '../problem.ts';

const subnets = (...written: string[]) => written.map(parseSubnet).filter((subnet) => subnet !== null);

/** This host, loopback, link-local, multicast and broadcast (RFC 6890). */
const unusable = subnets('0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '255.255.255.255/32');
/** Private, shared, benchmarking, documentation and reserved ranges: nobody owns their addresses. */
const unowned = subnets(
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '198.18.0.0/15',
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '240.0.0.0/4',
);

/** docker's own bridge, unless daemon.json sets bip or default-address-pools. */
export const dockerBridge = { range: '172.17.0.0/16', bridge: 'docker0', program: 'docker' } as const;

/** Reports a pod or service subnet whose addresses others use. */
export function checkRange(
  subnet: Subnet,
  key: keyof typeof defaultNetwork,
  { runtime, report }: { runtime: string; report: Report },
): void {
  const path: Path = ['network', key];
  const usual = defaultNetwork[key];
  const [address, prefix] = subnet;
  const bad = unusable.find((range) => overlap(range, subnet));
  if (bad !== undefined) {
    report(path, 'subnet-unusable', { range: format(bad), usual });
    return;
  }
  if (!unowned.some((range) => range[1] <= prefix && contains(range, address.toString())))
    report(path, 'subnet-public', { usual });
  const bridge = parseSubnet(dockerBridge.range);
  if (runtime === 'docker' && bridge !== null && overlap(bridge, subnet))
    report(path, 'subnet-of-bridge', { ...dockerBridge, usual });
}

export function format([address, prefix]: Subnet): string {
  return `${address.toString()}/${prefix}`;
}
