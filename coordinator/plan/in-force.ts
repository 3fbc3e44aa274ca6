import { bindPort } from '../../shared/kubeadm/ports.ts';
import { nodePorts } from '../../shared/plan/node-ports.ts';
import type { ClusterSettings, Plan } from '../../shared/plan/schema.ts';
import type { ClusterFacts } from '../../shared/protocol/facts.ts';
import type { Store } from '../store/store.ts';
import { isLost } from './lost.ts';

type Kubernetes = ClusterSettings['kubernetes'];
type Seen = NonNullable<ClusterFacts['configuration']>;

/** The settings that matter when a cluster is created. */
export type Recorded = Pick<ClusterSettings, 'name' | 'kubernetes' | 'endpoint'> & {
  /** The ports of NodePort Services are read from `kubernetes`, which records of earlier releases have, too. */
  network: Omit<ClusterSettings['network'], 'nodePorts'>;
  /** Absent from records of earlier releases. */
  etcd?: ClusterSettings['etcd'];
};

/** What is known of the running cluster. */
export interface Running {
  /** The settings it was created with; null: created before they were recorded. */
  recorded: Recorded | null;
  /** kubeadm's own record, which outweighs `recorded`; null: not read yet. */
  seen: Seen | null;
}

/**
 * The settings of the running cluster: the plan's, except for those that apply only when a cluster is created. Hosts get
 * these, so that a plan that differs breaks neither running nodes nor the hosts that join them.
 */
export function settingsInForce(planned: ClusterSettings, { recorded, seen }: Running): ClusterSettings {
  const base = recorded ?? planned;
  const created = nodePorts(base.kubernetes.components.clusterConfiguration).range ?? planned.network.nodePorts;
  const network = {
    ...planned.network,
    ...pick(base.network, ['podSubnet', 'serviceSubnet', 'dnsDomain']),
    nodePorts: seen?.nodePorts ?? created,
  };
  return {
    ...planned,
    name: seen?.name ?? base.name,
    kubernetes: {
      ...kubernetesInForce(planned.kubernetes, base.kubernetes, seen?.version),
      imageRepository: seen?.imageRepository ?? base.kubernetes.imageRepository,
      components: {
        ...base.kubernetes.components,
        joinConfiguration: planned.kubernetes.components.joinConfiguration,
      },
    },
    etcd: seen?.etcd ?? base.etcd ?? { kind: 'stacked' },
    endpoint: endpointInForce(base.endpoint, planned.endpoint, seen?.endpoint),
    network: { ...network, ...definedOf(pick(seen ?? {}, ['podSubnet', 'serviceSubnet', 'dnsDomain'])) },
  };
}

/** The version that runs, with packages that have it; `version`: as kubeadm recorded it, also after its own upgrade. */
function kubernetesInForce(planned: Kubernetes, base: Kubernetes, version = base.version): Kubernetes {
  if (version === planned.version) return planned;
  if (version === base.version) return base;
  return { ...planned, version, packageVersion: null };
}

/** Whether muster manages the endpoint may change, but for the port on which the API servers listen already. */
function endpointInForce(
  base: ClusterSettings['endpoint'],
  planned: ClusterSettings['endpoint'],
  seen: Seen['endpoint'],
): ClusterSettings['endpoint'] {
  if (seen === undefined) return base;
  const isSeen = ({ host, port }: ClusterSettings['endpoint']) => host === seen.host && port === seen.port;
  const listens = (endpoint: ClusterSettings['endpoint']) => bindPort({ endpoint }) === bindPort({ endpoint: base });
  return [planned, base].find((one) => isSeen(one) && listens(one)) ?? { ...planned, ...seen };
}

const pick = <T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> =>
  Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;

const definedOf = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

const recordName = 'cluster-settings';

/** Records the settings that the cluster was created with. Requires a transaction. */
export function recordSettings(store: Pick<Store, 'settings'>, { settings }: Plan): void {
  const { name, kubernetes, endpoint, network, etcd } = settings;
  store.settings.set(recordName, JSON.stringify({ name, kubernetes, endpoint, network, etcd } satisfies Recorded));
}

/** Whether the settings of the cluster are recorded; databases of earlier releases have none. */
export const hasRecord = (store: Pick<Store, 'settings'>): boolean => store.settings.get(recordName) !== null;

/** The settings of the running cluster; null: there is none, or it is lost and the next one is created as planned. */
export function runningSettings(
  store: Pick<Store, 'settings' | 'cluster' | 'observations'>,
  plan: Plan,
  seen: Running['seen'],
): ClusterSettings | null {
  const known = store.cluster.get();
  if (known === null || store.cluster.recovery() === known.caSha256) return null;
  if (isLost(store, plan)) return null;
  const text = store.settings.get(recordName);
  const recorded = text === null ? null : (JSON.parse(text) as Recorded);
  return settingsInForce(plan.settings, { recorded, seen });
}
