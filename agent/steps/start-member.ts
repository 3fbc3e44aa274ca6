import { extraArguments } from '../../shared/kubeadm/arguments.ts';
import { initDocuments } from '../../shared/kubeadm/config.ts';
import { deepMerge } from '../../shared/kubeadm/merge.ts';
import { kubernetesYaml } from '../../shared/kubeadm/yaml.ts';
import type { EtcdMember } from '../etcd/client.ts';
import { hasStarted, isAt } from '../etcd/members.ts';
import { membersInNeed } from '../etcd/needed-member.ts';
import { etcdPod } from '../etcd/pod.ts';
import type { Host } from '../host/host.ts';
import { etcdMember } from './created-cluster.ts';
import { runPhase } from './init-phase.ts';
import type { StepContext } from './step.ts';

/**
 * The members of etcd if they wait for this host's, and kubeadm was stopped before it wrote the manifest that starts
 * it. null: not so. A member whose data is gone does not start again: it would vote without knowing what it agreed to.
 */
export async function membersToStart(context: StepContext): Promise<EtcdMember[] | null> {
  const { host, assignment } = context;
  if (await hasWholeManifest(host)) return null;
  const members = await membersInNeed(context);
  const own = members?.find((member) => isAt(member, assignment.host.address));
  if (own === undefined || (hasStarted(own) && !(await host.exists(etcdMember)))) return null;
  return members;
}

/** Writes the manifest of this host's etcd as kubeadm join does. The API cannot be asked: it needs this member. */
export async function startMember({ host, assignment }: StepContext, members: readonly EtcdMember[]): Promise<void> {
  const { version } = assignment.settings.kubernetes;
  const planned = initDocuments(assignment, { token: '' }).find(({ kind }) => kind === 'ClusterConfiguration') ?? {};
  const joining = [
    { name: 'initial-cluster', value: initialCluster(assignment.host, members) },
    { name: 'initial-cluster-state', value: 'existing' },
  ];
  const etcd = { local: { extraArgs: extraArguments(version, joining) } };
  await runPhase({ host, assignment }, ['etcd', 'local'], kubernetesYaml(deepMerge(planned, { etcd })));
}

/** Each member needs a name; etcd compares those of others by their URLs. */
const initialCluster = (self: { name: string; address: string }, members: readonly EtcdMember[]): string =>
  members
    .flatMap((member) => {
      const name = isAt(member, self.address) ? self.name : member.name || member.id;
      return member.peerUrls.map((url) => `${name}=${url}`);
    })
    .join();

/** A loss of power leaves an empty file. */
async function hasWholeManifest(host: Host): Promise<boolean> {
  return etcdPod(host).then(
    (pod) => pod !== null,
    () => false,
  );
}
