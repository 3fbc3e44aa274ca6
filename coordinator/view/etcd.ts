import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { EtcdState } from '../../shared/protocol/etcd-state.ts';
import type { EtcdFacts } from '../../shared/protocol/facts.ts';
import type { Store } from '../store/store.ts';

interface Seen {
  host: string;
  facts: EtcdFacts;
  at: number;
}

/** etcd as the control plane reports it that sees a leader, and reported last; null: none has a member. */
export function etcdView(store: Store, plan: Plan): EtcdState | null {
  const planes = controlPlanesOf(plan).map(({ name }) => ({ name, found: store.observations.get(name, 'facts') }));
  const seen = planes.flatMap(({ name, found }): Seen[] => {
    const facts = found?.value?.etcd ?? null;
    return found === undefined || facts === null || facts.self === null
      ? []
      : [{ host: name, facts, at: found.changedAt }];
  });
  const [best] = seen.sort((a, b) => Number(b.facts.leader !== null) - Number(a.facts.leader !== null) || b.at - a.at);
  if (best === undefined) return null;
  const { leader, members } = best.facts;
  const verified = planes.flatMap(({ name, found }) => {
    const at = found?.value?.clusterBackup?.verified?.at;
    return at === undefined ? [] : [{ host: name, at }];
  });
  return {
    seenBy: best.host,
    hasQuorum: leader !== null,
    members: members.map(({ id, name, answers, isLearner, version, dbBytes, inUseBytes }) => {
      return { id, name, answers, isLeader: id === leader, isLearner, version, dbBytes, inUseBytes };
    }),
    restorable: verified.sort((a, b) => b.at.localeCompare(a.at))[0] ?? null,
  };
}
