import { parse, stringify } from 'yaml';
import { etcdMembers } from '../../faults/etcd.ts';
import { hostExec, labHosts } from '../../lab/hosts.ts';
import { on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';

/** Three masters and a worker, and what can be seen of them without muster. */

const hosts = labHosts(4, 3);
export const hostNames = hosts.map(({ name }) => name);
export const masters = hostNames.filter((name) => name.startsWith('master'));
export const worker = 'node01';
export const addressOf = (name: string) => hosts.find((host) => host.name === name)?.address ?? '';

/** The lab's plan with labels and taints on a master and on the worker. */
export function threeMasters(): string {
  const plan = parse(labPlan({ runtime: 'containerd', hosts: hosts.length, masters: masters.length }));
  const planned = (name: string) => plan.hosts.find((host: { name: string }) => host.name === name);
  planned('master02').labels = { rack: 'b' };
  Object.assign(planned(worker), { labels: { disk: 'ssd' }, taints: ['spot=yes:PreferNoSchedule'] });
  return stringify(plan);
}

/** kubectl with a master's own administrator's kubeconfig. */
export const kubectlOn = (host: string, ...args: string[]) =>
  on(host, 'kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf', '--request-timeout=5s', ...args);

const endpoint = 'https://lab.muster.internal:6443';

/** Whether the API server answers through the host's own endpoint. */
export async function apiAnswers(host: string): Promise<boolean> {
  const { stdout } = await hostExec(host, ['curl', '-sk', '-m', '2', `${endpoint}/readyz`]);
  return stdout === 'ok';
}

/** The members that a cluster of all masters has: each one once, and started. */
export const allMembers = () =>
  masters.map((name) => ({ name, peer: `https://${addressOf(name)}:2380`, isLearner: false }));

export const seenMembers = async (master: string) =>
  (await etcdMembers(master))
    .map(({ name = '', peerURLs, isLearner = false }) => ({ name, peer: peerURLs.join(), isLearner }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
