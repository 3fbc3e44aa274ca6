import { MusterError } from '../../shared/errors/errors.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import type { EtcdMember } from '../etcd/client.ts';
import {
  currentEtcd,
  type Etcd,
  type EtcdAt,
  hasStarted,
  healthOf,
  isAt,
  isSilent,
  majorityOf,
  removeMember,
} from '../etcd/members.ts';
import type { Host } from '../host/host.ts';
import type { KubeClient } from '../kube/client.ts';
import { forgetApiEndpoint, kubeadmConfig } from '../kube/configuration.ts';
import { nodePath, nodeSchema, readyCondition } from '../kube/objects.ts';

export type Planned = ClusterSettings['hosts'][number];

export interface PlaceMeans {
  host: Host;
  client: KubeClient;
  etcdAt: EtcdAt;
  /** This control plane's own settings. */
  settings: ClusterSettings;
  signal: AbortSignal;
  warn(message: string): void;
}

/**
 * Makes the cluster ready for a control plane to join: removes what its earlier machine left in etcd and in the API.
 * kubeadm would wait for a dead member for minutes. Throws MusterError `etcd-member-alive` if etcd still runs there, or
 * `node-is-control-plane` if its Node is Ready, `etcd-quorum-at-risk` if a removal or one more member could stop the
 * cluster.
 */
export async function prepareControlPlanePlace(means: PlaceMeans, planned: Planned): Promise<void> {
  const { client, signal } = means;
  if (await isStacked(client)) {
    await removeGhosts(means, planned);
    requireRoom(await healthOf(await etcdOf(means)));
  } else await refuseRunning(client, planned);
  // etcd's answers took up to seconds: a later request may have admitted the host since.
  signal.throwIfAborted();
  await forgetApiEndpoint(client, planned);
  await client.remove(nodePath(planned.name));
  // It names the old member's address until the garbage collector removes it.
  await client.remove(`/api/v1/namespaces/kube-system/pods/etcd-${planned.name}?gracePeriodSeconds=0`);
}

/** With an external etcd no member tells whether the control plane still runs. */
async function refuseRunning(client: KubeClient, { name }: Planned): Promise<void> {
  const node = await client.get(nodePath(name));
  if (node === null || readyCondition(nodeSchema.parse(node))?.status !== 'True') return;
  throw new MusterError('node-is-control-plane', { host: name });
}

/** Removes the member of a control plane whose join has ended before etcd started there, or before it got a vote. */
export async function removeUnstartedMember(means: PlaceMeans, planned: Planned): Promise<void> {
  if (!(await isStacked(means.client))) return;
  const { host, signal, warn } = means;
  const etcd = await etcdOf(means);
  const member = etcd.members.find((one) => isAt(one, planned.address) && isUnfinished(one));
  if (member === undefined || !(await isSilent(etcd.client, member, host, signal))) return;
  await removeMember(await etcdOf(means), member);
  warn(`removed the etcd member of ${planned.name}, whose join did not finish`);
}

/** A join adds a member, starts it and, since Kubernetes 1.27, gives a learner its vote. etcd allows one learner. */
const isUnfinished = (member: EtcdMember): boolean => !hasStarted(member) || member.isLearner;

/** Whether the control planes run etcd themselves. */
export async function isStacked(client: KubeClient): Promise<boolean> {
  return (await kubeadmConfig(client))?.isEtcdExternal !== true;
}

/** As this host's own member sees it, or another one. */
function etcdOf({ etcdAt, settings }: PlaceMeans): Promise<Etcd> {
  const planes = settings.hosts.filter(({ role }) => role === 'control-plane');
  return currentEtcd(etcdAt, ['127.0.0.1', ...planes.map(({ address }) => address)]);
}

/**
 * Ghosts are members at this address, and members of unfinished joins: control planes join one at a time, so those have
 * ended.
 */
async function removeGhosts(means: PlaceMeans, { name, address }: Planned): Promise<void> {
  const { host, signal, warn } = means;
  for (;;) {
    const etcd = await etcdOf(means);
    const ghost = etcd.members.find((member) => isAt(member, address) || isUnfinished(member));
    if (ghost === undefined) return;
    if (!(await isSilent(etcd.client, ghost, host, signal))) {
      throw new MusterError('etcd-member-alive', { host: name, url: ghost.peerUrls.join(', ') });
    }
    // Read again: the attempts took seconds.
    await removeMember(await etcdOf(means), ghost);
    warn(`removed etcd member ${BigInt(ghost.id).toString(16)} (${ghost.peerUrls.join(', ')}), which does not run`);
  }
}

/** As etcd itself requires: the members that run now stay a majority if the new one does not start. */
function requireRoom({ voters, healthy }: { voters: number; healthy: number }): void {
  const needed = voters === 1 ? 1 : majorityOf(voters + 1);
  if (healthy < needed) throw new MusterError('etcd-quorum-at-risk', { healthy, voters, needed });
}
