import { MusterError } from '../../shared/errors/errors.ts';
import type { Duty, DutyResult } from '../../shared/protocol/duty.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import { createEventQuota } from '../observing/event-quota.ts';
import type { Operations } from '../operations/operations.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';
import type { Joins } from './joins.ts';
import type { Targets } from './targets.ts';

export interface DutyResultsOptions {
  store: Store;
  joins: Joins;
  targets: Targets;
  operations: Operations;
  now: () => Date;
  news: News;
}

/** Duties whose newest failure is remembered. */
const mostFailures = 1000;

export type DutyResults = ReturnType<typeof createDutyResults>;

/** Processes results of duties. A failed duty stays open until it succeeds or is no longer needed. */
export function createDutyResults({ store, joins, targets, operations, now, news }: DutyResultsOptions) {
  const quota = createEventQuota();
  /** The newest failure of each duty, the oldest first. A duty is tried every few seconds. */
  const failures = new Map<string, string>();

  function noteFailure(host: string, duty: Duty, { en, zh }: LocalText): void {
    if (failures.get(duty.id) === en) return;
    failures.delete(duty.id);
    failures.set(duty.id, en);
    const [oldest = ''] = failures.keys();
    if (failures.size > mostFailures) failures.delete(oldest);
    const about = 'host' in duty ? duty.host : host;
    const failed = { kind: 'duty-failed', message: { en: `${duty.type}: ${en}`, zh: `${duty.type}：${zh}` } };
    const at = now().getTime();
    const events = quota.grant(host, [failed], at);
    if (events.length === 0) return;
    store.transaction(() => {
      for (const { kind, message } of events) store.events.add(at, kind, about, message);
    });
  }

  /** Throws MusterError 404 `duty-unknown` if the host has no such duty. */
  function receive(host: string, id: string, result: DutyResult): void {
    if (operations.settleLeave(host, id, result)) return;
    const duty = targets.dutiesOf(host).find((standing) => standing.id === id);
    if (duty === undefined) throw unknown(host, id);
    const at = now().getTime();
    if (result.outcome === 'failed') noteFailure(host, duty, result.message);
    else if (result.outcome === 'done') failures.delete(id);
    switch (duty.type) {
      case 'mint-join-credential':
        if (!joins.settle(id, result)) throw unknown(host, id);
        return;
      case 'label-node':
        if (result.outcome === 'done') targets.settle(id);
        break;
      case 'approve-certificate':
        if (result.outcome === 'done') {
          store.transaction(() => {
            store.joinCredentials.approved(duty.tokenId, at);
            store.events.add(at, 'certificate-approved', duty.host, {
              en: `approved with join credential ${duty.tokenId}`,
              zh: `已使用加入凭据 ${duty.tokenId} 批准`,
            });
          });
        }
        break;
      case 'delete-join-credential':
        if (result.outcome === 'done') store.transaction(() => store.joinCredentials.deleted(duty.tokenId, at));
        break;
      case 'step-aside':
      case 'step-back':
      case 'remove-member':
      case 'cordon-node':
      case 'drain-node':
      case 'delete-node':
        operations.settle(id, result);
        break;
    }
    news.emit('duties');
  }

  return { receive };
}

function unknown(host: string, id: string): MusterError {
  return new MusterError('duty-unknown', { host, id });
}
