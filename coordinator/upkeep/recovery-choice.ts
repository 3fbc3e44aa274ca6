import { MusterError } from '../../shared/errors/errors.ts';
import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { RecoveryRequest } from '../../shared/protocol/recovery.ts';
import { listText } from '../../shared/text/list.ts';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';
import { recoveryOrder } from '../plan/recovery-order.ts';
import type { Store } from '../store/store.ts';

/** A control plane that reports. */
export interface Candidate {
  name: string;
  facts: Facts;
}

/** It has the cluster's keys or data. */
export const isHeld = ({ facts }: Candidate): boolean => facts.createdCluster === 'held';

/** It carries out an order that is not done: a leader there may be of what that restored, so another may replace it. */
export function isRestoring(store: Pick<Store, 'settings'>, { name, facts: { recovery } }: Candidate): boolean {
  const order = recoveryOrder(store);
  return order?.host === name && recovery?.id === order.id && (recovery.kept ?? null) !== null;
}

/** Its etcd runs, but other data has replaced the cluster's: its leader is no quorum. */
export const isReplaced = ({ facts: { etcd } }: Candidate): boolean => (etcd?.replaced ?? null) !== null;

/** In its etcd, or where an order that is not done has moved it. */
const hasData = (one: Candidate): boolean => {
  const { etcd, recovery } = one.facts;
  return ((etcd?.self ?? null) !== null && !isReplaced(one)) || recovery?.kept?.hasData === true;
};

/** Of the data before an order, which is newer than what that may have restored. */
const revisionOf = ({ facts: { etcd, recovery } }: Candidate): bigint =>
  BigInt(recovery?.kept?.revision ?? etcd?.revision ?? 0);

const madeAt = ({ facts }: Candidate): string => facts.clusterBackup?.newest?.at ?? '';

const withBackup = (some: readonly Candidate[]): Candidate[] =>
  some.filter((one) => madeAt(one) !== '').toSorted((a, b) => madeAt(b).localeCompare(madeAt(a)));

/** Of the hosts asked for, the member with the newest revision, or the host with the newest backup; null: none. */
export function choose(all: readonly Candidate[], { host, fromBackup }: RecoveryRequest): Candidate | null {
  const asked = all.filter((one) => (host === undefined || one.name === host) && isHeld(one));
  if (fromBackup === true) return withBackup(asked)[0] ?? null;
  return asked.filter(hasData).toSorted((a, b) => Number(revisionOf(b) - revisionOf(a)))[0] ?? null;
}

/** The error that says why none can be chosen, and what can be restored instead. */
export function unrestorable(plan: Plan, all: readonly Candidate[], request: RecoveryRequest): MusterError {
  const seen = request.host === undefined ? null : whyNot(plan, all, request.host);
  if (seen !== null) return new MusterError('nothing-to-restore', { seen });
  const held = all.filter((one) => (request.host === undefined || one.name === request.host) && isHeld(one));
  const names = listText(held.map(({ name }) => name));
  if (request.fromBackup === true) {
    const none = {
      en: `no backup of the cluster on ${names.en || 'any control plane that reports'}`,
      zh: names.zh === '' ? '上报的控制平面均没有集群的备份' : `${names.zh} 没有集群的备份`,
    };
    return new MusterError('nothing-to-restore', { seen: none });
  }
  const replaced = held.find(isReplaced)?.facts.etcd?.replaced ?? null;
  if (replaced !== null) return new MusterError('etcd-data-replaced', replaced);
  const backup = withBackup(held)[0];
  const more = backup === undefined ? verbatim('') : backupText(backup);
  const silent = {
    en: `${names.en} still holds the cluster’s data; its etcd does not answer${more.en}`,
    zh: `${names.zh} 仍持有集群的数据；其 etcd 无应答${more.zh}`,
  };
  return new MusterError(request.host === undefined ? 'cluster-not-lost' : 'nothing-to-restore', { seen: silent });
}

function backupText(backup: Candidate): LocalText {
  const at = madeAt(backup);
  return {
    en: `; ${backup.name} has a backup of ${at} (muster recover --from-backup)`,
    zh: `；${backup.name} 有 ${at} 的备份（muster recover --from-backup）`,
  };
}

/** null: the host may be asked for. */
function whyNot(plan: Plan, all: readonly Candidate[], host: string): LocalText | null {
  if (!controlPlanesOf(plan).some(({ name }) => name === host)) {
    return { en: `${host} is not a control plane of the plan`, zh: `${host} 不是计划中的控制平面` };
  }
  const found = all.find(({ name }) => name === host);
  if (found === undefined) return { en: `${host} does not report`, zh: `${host} 没有上报` };
  return isHeld(found) ? null : { en: `${host} does not hold the cluster`, zh: `${host} 不持有集群` };
}
