import { silentAfterMs } from '../../shared/status/silence.ts';
import { usesExternalEtcd } from '../plan/external-etcd.ts';
import type { SightSource } from './advance.ts';

/** The control planes that remain without a host. */
export interface Quorum {
  members: number;
  /** Those that are heard. */
  healthy: number;
  needed: number;
}

/**
 * The quorum of etcd without this host, by the last contact of each; null: it is not one of several members. The agent
 * that removes the member decides by a fresh read.
 */
export function quorumWithout({ store, now, contacts, plan }: SightSource, host: string): Quorum | null {
  const all = store.cluster.members();
  const others = all.filter((name) => name !== host);
  if (others.length === 0 || others.length === all.length) return null;
  const isHeard = (name: string) => {
    const row = store.hosts.get(name);
    return row !== undefined && now().getTime() - contacts.last(name, row.lastContactAt) <= silentAfterMs;
  };
  // With an external etcd any other control plane keeps the cluster going.
  const needed = usesExternalEtcd(store, plan()) ? 1 : Math.floor(others.length / 2) + 1;
  return { members: others.length, healthy: others.filter(isHeard).length, needed };
}
