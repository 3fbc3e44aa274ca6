import type { Plan, PlannedHost } from '../shared/plan/schema.ts';
import type { Notice } from '../shared/protocol/notice.ts';
import type { StepResult } from '../shared/protocol/report.ts';
import type { HostStatus, Phase, Status } from '../shared/protocol/status.ts';
import { stepsOf } from '../shared/steps/catalogue.ts';
import { version } from '../shared/version.ts';
import { assign } from './assign.ts';
import { clusterView } from './cluster.ts';
import { standing } from './phase.ts';
import type { HostRow } from './store/hosts.ts';
import type { Observations } from './store/observations.ts';
import type { Store } from './store/store.ts';

/** One enrolled host: its row, with the newest contact, and what it reported. */
export interface HostRecord extends HostRow, Partial<Observations> {}

export interface StatusInput {
  plan: Plan;
  planProblems: readonly string[];
  notices?: readonly Notice[];
  records: ReadonlyMap<string, HostRecord>;
  cluster: { caSha256: string | null; nodes: Status['cluster']['unplannedNodes'] };
  url: string;
  certificateSha256: string;
  now: Date;
}

/** The whole picture, derived from what is known. */
export function status(input: StatusInput): Status {
  const { plan, planProblems, notices = [], records, cluster, url, certificateSha256, now } = input;
  const hosts = plan.hosts.map((planned) => hostStatus(plan, planned, records.get(planned.name) ?? null, now));
  const names = new Set(plan.hosts.map(({ name }) => name));
  return {
    cluster: {
      name: plan.settings.name,
      kubernetesVersion: plan.settings.kubernetes.version,
      summary: clusterSummary(hosts),
      caSha256: cluster.caSha256,
      unplannedNodes: cluster.nodes.filter(({ name }) => !names.has(name)),
    },
    coordinator: { url, version, certificateSha256, now: now.toISOString() },
    planProblems: [...planProblems],
    notices: [...notices],
    hosts,
  };
}

function hostStatus(plan: Plan, planned: PlannedHost, record: HostRecord | null, now: Date): HostStatus {
  const bootstrap = assign(plan, planned.name)?.bootstrap ?? 'join';
  const reported = new Map(record?.steps?.map((step) => [step.id, step]));
  const steps = stepsOf(bootstrap).map(({ id, title }) => ({ ...(reported.get(id) ?? pending(id)), title }));
  const findings = record?.findings ?? [];
  const node = record?.node ?? null;
  return {
    name: planned.name,
    address: planned.address,
    role: planned.role,
    ...standing({ planned, record, steps, findings, node, now: now.getTime() }),
    enrolledAt: iso(record?.enrolledAt),
    lastContactAt: iso(record?.lastContactAt),
    secondsSinceContact: record === null ? null : Math.max(0, (now.getTime() - record.lastContactAt) / 1000),
    clockSkewSeconds: record?.clockSkewMs == null ? null : record.clockSkewMs / 1000,
    agentVersion: record?.agentVersion ?? null,
    stepsDone: steps.filter(({ state }) => state === 'done').length,
    stepsTotal: steps.length,
    steps,
    findings,
    facts: record?.facts ?? null,
    node,
  };
}

function pending(id: StepResult['id']): StepResult {
  return { id, state: 'pending', startedAt: null, endedAt: null, attempts: 0, message: '', remedy: '' };
}

function iso(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}

/** Whom the sentence names first: where a person is needed, then where something goes on. */
const urgency: readonly Phase[] = [
  'blocked',
  'failed',
  'silent',
  'not-ready',
  'joining',
  'preparing',
  'enrolled',
  'waiting',
  'planned',
];

/** "2 of 3 nodes Ready; node02 is installing packages, 12 s". */
function clusterSummary(hosts: readonly HostStatus[]): string {
  const others = hosts.filter(({ phase }) => phase !== 'ready');
  const count = `${hosts.length - others.length} of ${hosts.length} nodes Ready`;
  const phase = urgency.find((candidate) => others.some((host) => host.phase === candidate));
  const first = others.find((host) => host.phase === phase);
  if (first === undefined) return count;
  if (first.phase === 'planned' && others.length === hosts.length) return `${count}; no host has been seen yet`;
  const rest = others.length === 1 ? '' : ` (and ${others.length - 1} more to go)`;
  return `${count}; ${sentence(first)}${rest}`;
}

function sentence({ name, phase, summary }: HostStatus): string {
  const isDoing = phase === 'joining' || phase === 'preparing';
  // What a waiting or failed step says is a sentence of its own.
  if (isDoing && /^[a-z]+ing /.test(summary)) return `${name} is ${summary}`;
  if (phase === 'enrolled' || phase === 'planned' || phase === 'silent' || phase === 'not-ready') {
    return `${name} is ${summary}`;
  }
  return `${name}: ${summary}`;
}

export interface StatusSource {
  store: Store;
  plan: Plan;
  planProblems: readonly string[];
  notices: readonly Notice[];
  lastContact: (host: string, stored: number) => number;
  url: string;
  certificateSha256: string;
  now: Date;
}

/** Reads what `status` needs from the store. */
export function readStatus({ store, plan, lastContact, ...rest }: StatusSource): Status {
  const observed = store.observations.all();
  const records = new Map(
    store.hosts.all().map((row): [string, HostRecord] => {
      const values = Object.entries(observed.get(row.name) ?? {}).map(([kind, { value }]) => [kind, value]);
      return [
        row.name,
        { ...row, lastContactAt: lastContact(row.name, row.lastContactAt), ...Object.fromEntries(values) },
      ];
    }),
  );
  const nodes = clusterView(store, plan).facts?.nodes ?? [];
  const cluster = { caSha256: store.cluster.get()?.caSha256 ?? null, nodes };
  return status({ ...rest, plan, records, cluster });
}
