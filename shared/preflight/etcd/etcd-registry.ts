import { externalEtcd } from '../../plan/etcd.ts';
import { type Check, error, notLooked, ok, type Verdict } from '../check.ts';

/** How many digits of a CA's hash are shown. */
const shown = 12;

export const etcdRegistry: Check = {
  id: 'etcd-registry',
  group: 'etcd',
  level: 'error',
  fixed: true,
  guards: ['kubeadm-init'],
  depends: {
    en: 'Only with etcd.external, on the control plane that creates the cluster.',
    zh: '仅针对设置了 etcd.external 时创建集群的控制平面。',
  },
  title: { en: 'The external etcd holds no other cluster', zh: '外部 etcd 中没有其他集群' },
  reason: {
    en: 'kubeadm init over another cluster’s data mixes both: its tokens, certificates and nodes stop working.',
    zh: '在其他集群的数据之上运行 kubeadm init 会将两者混在一起：其令牌、证书和节点都会失效。',
  },
  needed: {
    en: 'etcd is empty below the API server’s prefix (/registry), or holds the cluster whose PKI this host keeps',
    zh: 'etcd 在 API 服务器的前缀（/registry）下为空，或存有由该主机保留其 PKI 的集群',
  },
  remedy: {
    en: 'Use another etcd or another etcd-prefix. Only if that cluster is no longer needed, delete its data on one of etcd’s hosts: etcdctl del --prefix /registry/',
    zh: '使用其他 etcd 或其他 etcd-prefix；仅当不再需要该集群时，才在 etcd 的主机之一上删除其数据：etcdctl del --prefix /registry/',
  },
  // etcdctl is on etcd's hosts.
  command: '',
  cases: {
    lost: {
      remedy: {
        en: 'To keep the data, copy the cluster’s PKI from a backup to /etc/kubernetes/pki and run kubeadm init manually. To discard the cluster, delete its data on one of etcd’s hosts (etcdctl del --prefix /registry/), then: sudo muster recover',
        zh: '若要保留数据，将集群的 PKI 从备份复制到 /etc/kubernetes/pki 并手动运行 kubeadm init；若要放弃该集群，在 etcd 的主机之一上删除其数据（etcdctl del --prefix /registry/），然后运行：sudo muster recover',
      },
    },
  },
  judge({ facts: { externalEtcd: seen, createdCluster }, assignment }) {
    const external = assignment === null ? null : externalEtcd(assignment.settings);
    if (assignment === null || external === null || assignment.bootstrap !== 'init') return null;
    if (createdCluster === 'held') return null;
    if (seen === null || seen.registry === null) return notLooked;
    const { registry, keptCaSha256: kept } = seen;
    if (registry.isEmpty) return ok({ en: 'etcd holds no cluster', zh: 'etcd 中没有集群' });
    // An init that was cut short early has published no CA.
    const isKept = kept !== null && (registry.caSha256s.length === 0 || registry.caSha256s.includes(kept));
    if (isKept) return ok({ en: 'this cluster; its PKI is kept on this host', zh: '本集群；其 PKI 保留在该主机上' });
    return refusal(registry.caSha256s, assignment.cluster?.caSha256);
  },
};

function refusal(cas: readonly string[], own: string | undefined): Verdict {
  if (own !== undefined && cas.includes(own)) {
    const seen = { en: 'this cluster, whose CA no longer exists on this host', zh: '本集群，但其 CA 已不在该主机上' };
    return error(seen, { case: 'lost' });
  }
  const hash = cas[0]?.slice(0, shown) ?? '';
  return error({ en: `another cluster (CA ${hash || 'unknown'})`, zh: `其他集群（CA ${hash || '未知'}）` });
}
