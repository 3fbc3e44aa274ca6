import { until } from '../e2e/support/until.ts';
import { bootHost, killHost, wipeHost } from '../lab/hosts.ts';
import { clusterStatus, on, oneLiner, paste, servingMaster } from '../lab/install.ts';
import { allReady, controlPlaneFaults } from './control-plane.ts';
import { etcdMembers } from './etcd.ts';
import type { Fault } from './fault.ts';
import { cutNetwork } from './network.ts';
import { journalOf } from './observe.ts';
import { endsNode, reset } from './worker.ts';

/** Faults of one of several masters: the others keep the quorum. */

/** Each planned control plane is a started member of etcd, once. */
async function membersAreComplete(): Promise<boolean> {
  const { hosts } = await clusterStatus();
  const planned = hosts.filter(({ role }) => role === 'control-plane').map(({ address }) => `https://${address}:2380`);
  const members = await etcdMembers(await servingMaster());
  const started = members.filter(({ name }) => name).flatMap(({ peerURLs }) => peerURLs);
  return members.length === planned.length && planned.every((url) => started.includes(url));
}

/** Recovered when the fault itself is, all hosts are Ready, and etcd has all its members. */
function withQuorum({ id, weight, inflict }: Fault): Fault {
  return {
    id,
    to: 'control-plane',
    weight,
    async inflict(host, random) {
      const back = await inflict(host, random);
      return async () => (await back()) && (await membersAreComplete()) && (await allReady());
    },
  };
}

/** Kills a program of a static pod (-9). Recovered when another runs. */
function killedProgram(program: string): Fault['inflict'] {
  return async (host) => {
    const pid = async () => (await on(host, 'pidof', program)).trim();
    const before = await pid();
    await on(host, 'kill', '-KILL', before);
    return async () => (await pid()) !== before;
  };
}

/** Loses the power while kubeadm adds the master to the cluster again. */
async function powerCutDuringJoin(host: string, random: () => number): Promise<void> {
  const before = (await journalOf(host))['kubeadm-join']?.attempts ?? 0;
  await reset(host);
  const isJoining = async () => ((await journalOf(host))['kubeadm-join']?.attempts ?? 0) > before;
  await until(isJoining, { seconds: 120, every: 50, what: `${host} to begin to join` });
  await new Promise((resolve) => setTimeout(resolve, random() * 15_000));
  await killHost(host);
  await bootHost(host);
}

/** A new machine under the old name. */
async function wiped(host: string): Promise<void> {
  await wipeHost(host);
  await bootHost(host);
  const { exitCode, stdout, stderr } = await paste(host, await oneLiner(host));
  if (exitCode !== 0) throw new Error(`the install command on ${host}: ${stdout}${stderr}`);
}

const ofMasters: readonly Fault[] = [
  { id: 'master reset', to: 'control-plane', weight: 4, inflict: endsNode(reset) },
  { id: 'master’s disk wiped', to: 'control-plane', weight: 3, inflict: endsNode(wiped) },
  {
    id: 'power cut of a master during its join',
    to: 'control-plane',
    weight: 3,
    inflict: endsNode(powerCutDuringJoin),
  },
  { id: 'etcd killed', to: 'control-plane', weight: 2, inflict: killedProgram('etcd') },
  { id: 'API server killed', to: 'control-plane', weight: 2, inflict: killedProgram('kube-apiserver') },
  {
    id: 'cable of a master out for 10 to 20 s',
    to: 'control-plane',
    weight: 2,
    async inflict(host, random) {
      await cutNetwork(host, 10 + random() * 10);
      return async () => true;
    },
  },
];

export const masterFaults: readonly Fault[] = [...ofMasters, ...controlPlaneFaults].map(withQuorum);

/** master01 holds the coordinator and its state. */
export const masterFaultsOf = (host: string): readonly Fault[] =>
  masterFaults.filter(({ id }) => (host === 'master01' ? id !== 'master’s disk wiped' : id !== 'coordinator killed'));
