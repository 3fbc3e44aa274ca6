import { agentPaths } from '../../shared/paths.ts';
import { servicePacketsRule } from '../../shared/steps/content/service-packets.ts';
import type { Resource } from '../changes/resource.ts';
import type { Host } from '../host/host.ts';

/** Holds the service range whose packets are dropped. Volatile, like the rule. */
const heldFile = `${agentPaths.volatile}/service-packets-held`;

/**
 * Drops this host's own packets to service addresses until kube-proxy runs. A network plugin that starts first would
 * contact the API server at its service address; conntrack would remember the wrong route and misdirect every
 * retransmission, until clients give up after 30 s. A dropped packet leaves no conntrack entry, so its retransmission a
 * second later succeeds. Packets that kube-proxy handles have another destination before they reach this rule.
 */
export async function holdServicePackets(host: Host, range: string): Promise<void> {
  await releaseServicePackets(host);
  await host.writeFile(heldFile, range, { mode: 0o600 });
  // Best effort: without the rule, joining only takes longer.
  if ((await rule(host, '-I', range)).exitCode !== 0) await host.removeFile(heldFile);
}

/** Removes the rule if it exists. */
export async function releaseServicePackets(host: Host): Promise<void> {
  const range = await host.readFile(heldFile);
  if (range === null) return;
  await rule(host, '-D', range);
  await host.removeFile(heldFile);
}

const rule = (host: Host, change: '-I' | '-D', range: string) =>
  host.run('iptables', ['-w', change, ...servicePacketsRule(range)]);

export const servicePackets: Resource<'service-packets'> = {
  set: ({ range }, { host }) => holdServicePackets(host, range),
};
