import { bindPort, defaultApiServerPort } from '../../shared/kubeadm/ports.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import { clusterBackupFacts } from '../backup/state.ts';
import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import { dockerInfo } from '../machine/docker.ts';
import { recoveryFacts } from '../recovery/facts.ts';
import { changesOf } from '../steps/declared.ts';
import { balancerFacts } from './balancer.ts';
import { createdClusterFact } from './created-cluster.ts';
import { etcdFacts } from './etcd.ts';
import { externalEtcdFacts } from './external-etcd.ts';
import { identityFacts } from './identity.ts';
import { cgroupFacts, moduleFacts, swapFacts, sysctlFacts } from './kernel.ts';
import { leftoverFacts } from './leftovers.ts';
import { lockedFiles } from './locked-files.ts';
import { machineFacts } from './machine.ts';
import { networkFacts } from './network.ts';
import { packageFacts } from './packages.ts';
import { pauseTagOf } from './pause-tag.ts';
import { peerFacts } from './peers.ts';
import { portFacts } from './ports.ts';
import type { Reach } from './reach/reach.ts';
import { runtimeFacts } from './runtimes.ts';
import { softwareFacts } from './software.ts';
import { storageFacts } from './storage.ts';
import { resolve, systemFacts } from './system.ts';
import { unitFacts } from './units.ts';

export interface GatherOptions {
  /** The assignment whose network targets are probed. null: none is known and nothing is sent. */
  assignment?: Assignment | null;
  reach?: Reach;
}

/** How long docker may take to answer, in ms, so that it does not delay the first report. */
const dockerPatience = 1000;

/**
 * Gathers all facts of this host. Read-only. Local facts take well under a second; network probes run in parallel and
 * end at their deadlines.
 */
export async function gather(host: Host, options: GatherOptions = {}): Promise<Facts> {
  const facts = await observe(host, options);
  const { assignment = null } = options;
  if (assignment === null) return facts;
  const { resolvConf } = assignment.settings.kubernetes.components.kubeletConfiguration;
  const [balancer, locked, plannedResolvConf] = await Promise.all([
    balancerFacts(host, assignment, facts.addresses),
    lockedFiles(host, assignment, (id) => changesOf(id, { assignment, facts })),
    typeof resolvConf === 'string' && resolvConf !== '' ? host.exists(resolvConf) : null,
  ]);
  const { storage, network } = facts;
  return {
    ...facts,
    balancer,
    storage: { ...storage, lockedFiles: locked },
    network: { ...network, plannedResolvConf },
  };
}

async function observe(host: Host, { assignment = null, reach }: GatherOptions): Promise<Facts> {
  const isNode = await host.exists(kubeletConf);
  const identity = identityFacts(host);
  const packages = packageFacts(host);
  const pauseTag = packages.then(({ versions }) =>
    assignment === null ? null : pauseTagOf(host, assignment.settings, versions),
  );
  const units = unitFacts(host);
  const docker = units.then((known) => (known?.docker?.active === true ? dockerInfo(host, dockerPatience) : null));
  const measure = assignment?.host.role === 'control-plane' && !isNode;
  const [system, modules, sysctls, swap, cgroup, ports, leftovers, runtimes, hostnameAddresses, ...groups] =
    await Promise.all([
      systemFacts(),
      identity.then(({ kernel }) => moduleFacts(host, kernel)),
      sysctlFacts(host),
      swapFacts(host),
      cgroupFacts(host),
      portFacts(host, assignment === null ? defaultApiServerPort : bindPort(assignment.settings)),
      leftoverFacts(host),
      Promise.all([packages, units, docker]).then(([found, known, info]) =>
        runtimeFacts(host, found.versions, known, info),
      ),
      identity.then(({ hostname }) => resolve(hostname)),
      identity.then(async ({ kernel }) => machineFacts(host, kernel, await units)),
      storageFacts(host, { measure }),
      networkFacts(host),
      docker.then((info) => softwareFacts(host, info?.answers === true ? info.storageDriver || null : null)),
      assignment === null || isNode
        ? null
        : Promise.all([identity, pauseTag]).then(([{ os }, tag]) => reach?.(assignment, os, tag) ?? null),
      assignment === null ? null : peerFacts(assignment),
      createdClusterFact(host),
      controlPlaneFacts(host),
      assignment === null ? null : externalEtcdFacts(host, assignment, { isNode }),
    ]);
  const [machine, storage, network, software, reached, peers, createdCluster, ofControlPlane, externalEtcd] = groups;
  const { versions, architecture } = await packages;
  return {
    ...(await identity),
    ...system,
    // A container reports its host's UUID, which its neighbours share.
    productUuid: machine.container ? null : system.productUuid,
    modules,
    sysctls,
    swap,
    cgroup,
    ports,
    leftovers,
    runtimes,
    packages: versions,
    hostnameAddresses,
    machine: { ...machine, packageArchitecture: architecture },
    storage,
    network,
    software: { ...software, pauseTag: await pauseTag },
    reach: reached,
    peers,
    ...ofControlPlane,
    externalEtcd,
    balancer: null,
    createdCluster,
  };
}

async function controlPlaneFacts(host: Host): Promise<Pick<Facts, 'etcd' | 'recovery' | 'clusterBackup'>> {
  const backups = clusterBackupFacts(agentPaths.clusterBackups, host.now());
  const [etcd, recovery, clusterBackup] = await Promise.all([etcdFacts(host), recoveryFacts(host), backups]);
  return { etcd, recovery, clusterBackup };
}
