import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host.ts';
import { createdClusterFact } from './created-cluster.ts';
import { identityFacts } from './identity.ts';
import { cgroupFacts, moduleFacts, swapFacts, sysctlFacts } from './kernel.ts';
import { leftoverFacts } from './leftovers.ts';
import { packageFacts } from './packages.ts';
import { portFacts } from './ports.ts';
import { runtimeFacts } from './runtimes.ts';
import { resolve, systemFacts } from './system.ts';

/** Everything that is known of this host now: it only looks, and takes well under a second. */
export async function gather(host: Host): Promise<Facts> {
  const identity = identityFacts(host);
  const packages = packageFacts(host);
  const [system, modules, sysctls, swap, cgroup, ports, leftovers, runtimes, hostnameAddresses, createdCluster] =
    await Promise.all([
      systemFacts(),
      identity.then(({ kernel }) => moduleFacts(host, kernel)),
      sysctlFacts(host),
      swapFacts(host),
      cgroupFacts(host),
      portFacts(host),
      leftoverFacts(host),
      packages.then((installed) => runtimeFacts(host, installed)),
      identity.then(({ hostname }) => resolve(hostname)),
      createdClusterFact(host),
    ]);
  return {
    ...(await identity),
    ...system,
    modules,
    sysctls,
    swap,
    cgroup,
    ports,
    leftovers,
    runtimes,
    packages: await packages,
    hostnameAddresses,
    createdCluster,
  };
}
