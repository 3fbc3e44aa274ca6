import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { EtcdState } from '../../shared/protocol/etcd-state.ts';
import type { EtcdFacts } from '../../shared/protocol/facts.ts';
import type { Notice } from '../../shared/protocol/notice.ts';
import { silentAfterMs } from '../../shared/status/silence.ts';
import type { Store } from '../store/store.ts';

interface Seen {
  host: string;
  facts: EtcdFacts;
  at: number;
}

/** Of whom the view tells what counts now. */
export interface Heard {
  store: Store;
  plan: Plan;
  /** A host's last contact, in milliseconds since the epoch. */
  lastContact: (host: string, stored: number) => number;
  now: Date;
}

/**
 * etcd as the control plane reports it that sees a leader, and reported last; null: none has a member. What a silent one
 * reported is outdated: if those that are heard have no member that answers, there is no quorum.
 */
export function etcdView({ store, plan, lastContact, now }: Heard): EtcdState | null {
  const planes = controlPlanesOf(plan).map(({ name }) => ({ name, found: store.observations.get(name, 'facts') }));
  const isHeard = (host: string) => {
    const row = store.hosts.get(host);
    return row !== undefined && now.getTime() - lastContact(host, row.lastContactAt) <= silentAfterMs;
  };
  const seen = planes.flatMap(({ name, found }): Seen[] => {
    const facts = found?.value?.etcd ?? null;
    return found === undefined || facts === null || facts.self === null
      ? []
      : [{ host: name, facts, at: found.changedAt }];
  });
  const inOrder = seen.sort((a, b) => Number(b.facts.leader !== null) - Number(a.facts.leader !== null) || b.at - a.at);
  const current = inOrder.find(({ host }) => isHeard(host));
  const best = current ?? inOrder[0];
  if (best === undefined) return null;
  const isOutdated = current === undefined && planes.some(({ name }) => isHeard(name));
  const { members } = best.facts;
  const leader = isOutdated ? null : best.facts.leader;
  const verified = planes.flatMap(({ name, found }) => {
    const at = found?.value?.clusterBackup?.verified?.at;
    return at === undefined ? [] : [{ host: name, at }];
  });
  return {
    seenBy: best.host,
    isExternal: best.facts.external,
    hasQuorum: leader !== null,
    members: members.map((member) => {
      const { id, isLearner, version, dbBytes, inUseBytes } = member;
      const name = member.name || plannedAt(plan, member.peerUrl);
      const answers = !isOutdated && member.answers;
      return { id, name, answers, isLeader: id === leader, isLearner, version, dbBytes, inUseBytes };
    }),
    restorable: verified.sort((a, b) => b.at.localeCompare(a.at))[0] ?? null,
  };
}

/** A member that never started has no name: the control plane planned at its address; empty if there is none. */
function plannedAt(plan: Plan, peerUrl: string): string {
  const address = URL.parse(peerUrl)?.hostname;
  return controlPlanesOf(plan).find((host) => host.address === address)?.name ?? '';
}

/** A lost quorum, which explains why the Kubernetes API does not answer. */
export function etcdNotices(state: EtcdState | null): Notice[] {
  if (state === null || state.hasQuorum) return [];
  const voters = state.members.filter(({ isLearner }) => !isLearner);
  const answering = voters.filter(({ answers }) => answers).length;
  const away = voters.filter(({ answers }) => !answers).map(({ name, id }) => name || id);
  const needed = Math.floor(voters.length / 2) + 1;
  const seen = {
    en: `etcd has no quorum: ${answering} of ${voters.length} voting members answer; required: ${needed}. Start ${away.join(' or ')}.`,
    zh: `etcd 没有法定人数：${voters.length} 个有投票权的成员中有 ${answering} 个应答；要求：${needed} 个。请启动 ${away.join(' 或 ')}。`,
  };
  const text = state.isExternal
    ? { en: `The external ${seen.en}`, zh: `外部 ${seen.zh}` }
    : {
        en: `${seen.en} If they are permanently lost, run muster recover.`,
        zh: `${seen.zh}若已永久丢失，请运行 muster recover。`,
      };
  return [{ code: 'etcd-no-quorum', text, command: '' }];
}
