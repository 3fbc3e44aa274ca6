import { settingNotes, tellOf } from '../../shared/plan/effects/notes.ts';
import type { ClusterSettings, Plan, PlannedHost } from '../../shared/plan/schema.ts';
import type { NodeFacts } from '../../shared/protocol/facts.ts';
import type { HostStatus, Status } from '../../shared/protocol/status.ts';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';

/** One difference between the plan and the cluster. */
export interface Difference {
  /** null: the cluster, or a node that is not in the plan. */
  host: string | null;
  subject: LocalText;
  planned: LocalText;
  actual: LocalText;
  /** What becomes of the planned value; absent: muster is applying it. */
  meaning?: LocalText;
  /** How to end the difference. */
  remedy?: LocalText;
}

const nothing: LocalText = { en: 'none', zh: '无' };

/**
 * The differences between the plan and the cluster. Node settings of hosts without a node are not compared: their phase
 * already shows it.
 *
 * @param running the settings that hosts get; see in-force.ts
 */
export function differences(
  plan: Plan,
  running: ClusterSettings,
  status: Pick<Status, 'hosts' | 'cluster'>,
): Difference[] {
  const byName = new Map(status.hosts.map((host) => [host.name, host]));
  return [
    ...settingNotes(plan.settings, running).map(({ written, planned, actual, meaning, remedy }) => ({
      ...{ host: null, subject: verbatim(written), planned, actual, meaning, remedy },
    })),
    ...plan.hosts.flatMap((planned) => ofHost(running, planned, byName.get(planned.name))),
    ...status.cluster.unplannedNodes.map(({ name }) => ({
      host: null,
      subject: { en: 'Node', zh: '节点' },
      planned: nothing,
      actual: verbatim(name),
    })),
  ];
}

function ofHost(settings: ClusterSettings, planned: PlannedHost, host: HostStatus | undefined): Difference[] {
  const found: Difference[] = [];
  const compare = (subject: LocalText, wanted: string, actual: string | null, field?: string) => {
    if (actual === null || actual === wanted) return;
    const told = field === undefined ? {} : tellOf(field);
    found.push({ host: planned.name, subject, planned: verbatim(wanted), actual: verbatim(actual), ...told });
  };
  if (host?.facts) {
    compare({ en: 'Host name', zh: '主机名' }, planned.name, host.facts.hostname);
    const own = host.facts.addresses.map(({ address }) => address);
    if (own.length > 0 && !own.includes(planned.address)) {
      compare({ en: 'Address', zh: '地址' }, planned.address, own.join(', '), 'hosts.address');
    }
  }
  if (!host?.node) return found;
  compare(
    { en: 'kubelet', zh: 'kubelet' },
    `v${settings.kubernetes.version}`,
    host.node.kubeletVersion,
    'settings.kubernetes.version',
  );
  compare(
    { en: 'Container runtime', zh: '容器运行时' },
    settings.runtime.name,
    host.node.runtimeVersion.split(':')[0] ?? '',
    'settings.runtime.name',
  );
  return [...found, ...labels(planned, host.node), ...taints(planned, host.node)];
}

function labels({ name, labels: wanted }: PlannedHost, node: NodeFacts): Difference[] {
  return Object.entries(wanted)
    .filter(([key, value]) => node.labels[key] !== value)
    .map(([key, value]) => ({
      host: name,
      subject: { en: 'Label', zh: '标签' },
      planned: verbatim(`${key}=${value}`),
      actual: node.labels[key] === undefined ? nothing : verbatim(`${key}=${node.labels[key]}`),
    }));
}

function taints({ name, taints: wanted }: PlannedHost, node: NodeFacts): Difference[] {
  const text = ({ key, value, effect }: { key: string; value?: string | undefined; effect: string }) =>
    `${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}`;
  const actual = new Set(node.taints.map(text));
  return wanted
    .map(text)
    .filter((taint) => !actual.has(taint))
    .map((taint) => ({
      host: name,
      subject: { en: 'Taint', zh: '污点' },
      planned: verbatim(taint),
      actual: nothing,
    }));
}
