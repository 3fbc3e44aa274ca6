import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import { keepalived } from '../../shared/steps/content/keepalived.ts';
import type { Host } from '../host/host.ts';
import { knock } from './peers.ts';

const dmi = '/sys/class/dmi/id';

/** The planned load balancer as a control plane sees it; null: none is planned, or the host is a worker. */
export async function balancerFacts(
  host: Host,
  { host: self, settings }: Assignment,
  addresses: Facts['addresses'],
): Promise<Facts['balancer']> {
  const { loadBalancer, endpoint } = settings;
  if (loadBalancer.kind === 'none' || self.role === 'worker') return null;
  const line = async (path: string) => (await host.readFile(path).catch(() => null))?.trim() || null;
  const held = addresses.some(({ address }) => address === loadBalancer.address);
  const [answer, siteConfig, vendor, assetTag] = await Promise.all([
    held ? ('held' as const) : knock(loadBalancer.address, endpoint.port),
    host.exists(keepalived.packageConfig),
    line(`${dmi}/sys_vendor`),
    line(`${dmi}/chassis_asset_tag`),
  ]);
  return { answer, siteConfig, vendor, assetTag };
}
