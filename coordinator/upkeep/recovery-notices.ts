import type { Notice } from '../../shared/protocol/notice.ts';
import { recoveryOrder } from '../plan/recovery-order.ts';
import type { Store } from '../store/store.ts';

/** An order to restore etcd that is not done yet. */
export function recoveryNotices(store: Store): Notice[] {
  const order = recoveryOrder(store);
  if (order === null || order.isDone) return [];
  const { host, id } = order;
  const seen = store.observations.get(host, 'facts')?.value?.recovery;
  const failure = seen?.id === id && seen.state === 'failed' ? seen.message : null;
  const text =
    failure === null
      ? { en: `${host} restores etcd.`, zh: `${host} 正在恢复 etcd。` }
      : { en: `${host} could not restore etcd: ${failure.en}.`, zh: `${host} 无法恢复 etcd：${failure.zh}。` };
  return [{ code: 'etcd-recovery', text, command: failure === null ? '' : `muster explain ${host}` }];
}
