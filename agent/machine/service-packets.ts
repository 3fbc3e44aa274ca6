import { agentPaths } from '../../shared/paths.ts';
import { servicePacketsRule } from '../../shared/steps/content/service-packets.ts';
import type { Resource } from '../changes/resource.ts';
import type { Host } from '../host/host.ts';

/** The range of service addresses whose packets are held. Gone with the next boot, as the rule is. */
const heldFile = `${agentPaths.volatile}/service-packets-held`;

/**
 * Drops what this host itself sends to a service for as long as nothing leads there. A network plugin that starts before kube-proxy asks for the API
 * server at its service address; the kernel remembers the wrong way that the first packet took, and each repetition of it takes the
 * same, though kube-proxy has long been there: clients give up after 30 s. A packet that was dropped is not remembered, and its
 * repetition a second later arrives. What kube-proxy leads on has another destination by the time that this rule sees it.
 */
export async function holdServicePackets(host: Host, range: string): Promise<void> {
  await releaseServicePackets(host);
  await host.writeFile(heldFile, range, { mode: 0o600 });
  // It spares a wait, and nothing depends on it.
  if ((await rule(host, '-I', range)).exitCode !== 0) await host.removeFile(heldFile);
}

/** Takes the rule away, where there is one. */
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
