import type { ClusterSettings, Etcd, ExternalEtcd } from './schema.ts';
import type { WrittenPlan } from './written.ts';

export function readEtcd(written: WrittenPlan['etcd']): Etcd {
  return typeof written === 'object' ? { kind: 'external', ...written.external } : { kind: 'stacked' };
}

/** The etcd that the site runs; null: each control plane has a member. */
export const externalEtcd = ({ etcd }: Pick<ClusterSettings, 'etcd'>): ExternalEtcd | null =>
  etcd.kind === 'external' ? etcd : null;
