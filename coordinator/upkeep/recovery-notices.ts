import type { Notice } from '../../shared/protocol/notice.ts';
import { recoveryOrder } from '../plan/recovery-order.ts';
import type { Store } from '../store/store.ts';

/** An order to restore etcd that is not done yet. */
export function recoveryNotices(store: Store): Notice[] {
  const order = recoveryOrder(store);
  if (order === null || order.isDone) return [];
  const { host, id } = order;
  const { recovery: seen, etcd } = store.observations.get(host, 'facts')?.value ?? {};
  const failure = seen?.id === id && seen.state === 'failed' ? seen.message : null;
  const hasQuorum = (etcd?.leader ?? null) !== null && !etcd?.replaced;
  // The order is over: the quorum has returned.
  if (failure !== null && hasQuorum && (seen?.kept ?? null) === null) return [];
  const text =
    failure === null
      ? { en: `${host} restores etcd.`, zh: `${host} 正在恢复 etcd。` }
      : {
          en: `${host} could not restore etcd: ${failure.en}. It will be retried. To restore from another source, run muster recover.`,
          zh: `${host} 无法恢复 etcd：${failure.zh}。将会重试。如需从其他来源恢复，请运行 muster recover。`,
        };
  return [{ code: 'etcd-recovery', text, command: failure === null ? '' : `muster explain ${host}` }];
}
