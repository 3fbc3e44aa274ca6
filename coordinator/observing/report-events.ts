import { titleOf } from '../../shared/preflight/catalogue.ts';
import type { Diagnosis } from '../../shared/protocol/diagnosis.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import { blockers } from '../../shared/status/blocked.ts';
import { findingText } from '../../shared/status/finding.ts';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';

/** An event of a host, derived from its report. */
export interface ReportEvent {
  kind: string;
  message: LocalText;
}

export const firstReport: ReportEvent = {
  kind: 'first-report',
  message: { en: 'first report', zh: '首次上报' },
};

export const hostReady: ReportEvent = {
  kind: 'host-ready',
  message: { en: 'Ready; all steps done', zh: 'Ready；所有步骤已完成' },
};

/** The host that created the cluster no longer holds it. `before`: the facts of the previous report. */
export function lossEvents(before: Facts | undefined, after: Facts | undefined): ReportEvent[] {
  if (after?.createdCluster !== 'lost' || before?.createdCluster === 'lost') return [];
  const message =
    after.externalEtcd === null
      ? {
          en: 'cluster lost: its CA and etcd data no longer exist on this host',
          zh: '集群已丢失：其 CA 和 etcd 数据已不在该主机上',
        }
      : {
          en: 'this host was reset; the cluster’s data is in the external etcd',
          zh: '该主机已被重置；集群的数据在外部 etcd 中',
        };
  return [{ kind: 'cluster-lost', message }];
}

/** An error began or stopped to block steps of a Ready host. */
export function blockedEvents(before: readonly Finding[], after: readonly Finding[]): ReportEvent[] {
  const [was, is] = [blockers(before), blockers(after)];
  const isIn =
    (list: readonly Finding[]) =>
    ({ id }: Finding) =>
      list.some((one) => one.id === id);
  const begun = is.filter((one) => !isIn(was)(one)).map((one) => ({ kind: 'check-failed', message: findingText(one) }));
  const ended = was
    .filter((one) => !isIn(is)(one))
    .map(({ id }) => {
      const { en, zh } = titleOf(id);
      return { kind: 'check-passed', message: { en: `no longer blocked by: ${en}`, zh: `不再被以下检查阻止：${zh}` } };
    });
  return [...begun, ...ended];
}

/** A failure was diagnosed, its diagnosis changed, or it is resolved. */
export function diagnosisEvents(before: Diagnosis | null, after: Diagnosis | null): ReportEvent[] {
  if (before?.id === after?.id) return [];
  if (after === null) {
    const title = before?.title ?? verbatim('');
    return [{ kind: 'resolved', message: { en: `resolved: ${title.en}`, zh: `已解决：${title.zh}` } }];
  }
  const { id, title, cause } = after;
  const message = { en: `${title.en}: ${cause.en}`, zh: `${title.zh}：${cause.zh}` };
  return [{ kind: `diagnosed:${id}`, message }];
}

/** A control plane reports a cluster that hosts now join. */
export function clusterEvent(isFirst: boolean, caSha256: string): ReportEvent {
  const what = isFirst ? { en: 'a cluster', zh: '集群' } : { en: 'a different cluster', zh: '不同的集群' };
  return {
    kind: 'cluster-seen',
    message: { en: `reports ${what.en}: CA ${caSha256}`, zh: `上报了${what.zh}：CA ${caSha256}` },
  };
}
