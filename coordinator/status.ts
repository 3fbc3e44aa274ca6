import { type Language, type LocalText, verbatim } from '../shared/local-text.ts';
import type { Plan, PlannedHost } from '../shared/plan/schema.ts';
import type { Notice } from '../shared/protocol/notice.ts';
import type { Machine, Operation } from '../shared/protocol/operation.ts';
import type { StepResult } from '../shared/protocol/report.ts';
import type { HostStatus, Phase, Status } from '../shared/protocol/status.ts';
import { stepsOf } from '../shared/steps/catalogue.ts';
import { version } from '../shared/version.ts';
import { assign } from './assign.ts';
import { clusterView } from './cluster.ts';
import { type Explained, explain } from './explain.ts';
import { departedHosts } from './operations/departed.ts';
import type { Goal } from './operations/goal.ts';
import { type Standing, standing } from './phase.ts';
import type { HostRow } from './store/hosts.ts';
import type { Observations } from './store/observations.ts';
import type { Store } from './store/store.ts';

/** One enrolled host: its row, with the newest contact, and what it reported. */
export interface HostRecord extends HostRow, Partial<Observations> {}

/** What operators have decided about one host. */
export interface Decided extends Pick<Goal, 'hold'> {
  operation?: Operation;
  /** Those that can't be told apart. */
  machines: Machine[];
}

export interface StatusInput {
  plan: Plan;
  planProblems: readonly string[];
  notices?: readonly Notice[];
  records: ReadonlyMap<string, HostRecord>;
  /** Enrolled hosts that the plan has dropped. */
  departed?: readonly PlannedHost[];
  decided?: (host: string) => Decided;
  cluster: { caSha256: string | null; nodes: Status['cluster']['unplannedNodes'] };
  url: string;
  certificateSha256: string;
  now: Date;
  /** Of every sentence in it. */
  language: Language;
}

/** The whole picture, derived from what is known. */
export function status(input: StatusInput): Status {
  const {
    planProblems,
    notices = [],
    records,
    departed = [],
    decided = undecided,
    cluster,
    url,
    certificateSha256,
    now,
    language,
  } = input;
  const plan = { ...input.plan, hosts: [...input.plan.hosts, ...departed] };
  const views = plan.hosts.map((planned) =>
    hostView({ plan, now, language }, planned, records.get(planned.name) ?? null, decided(planned.name)),
  );
  const names = new Set(plan.hosts.map(({ name }) => name));
  return {
    cluster: {
      name: plan.settings.name,
      kubernetesVersion: plan.settings.kubernetes.version,
      summary: clusterSummary(views)[language],
      caSha256: cluster.caSha256,
      unplannedNodes: cluster.nodes.filter(({ name }) => !names.has(name)),
    },
    coordinator: { url, version, certificateSha256, now: now.toISOString() },
    planProblems: [...planProblems],
    notices: [...notices],
    hosts: views.map(({ host }) => host),
  };
}

const undecided = (): Decided => ({ machines: [] });

/** A host as it is sent, and where it stands in all languages. */
interface HostView {
  host: HostStatus;
  standing: Standing;
}

function hostView(
  { plan, now, language }: Pick<StatusInput, 'plan' | 'now' | 'language'>,
  planned: PlannedHost,
  record: HostRecord | null,
  decided: Decided,
): HostView {
  const { hold, operation, machines } = decided;
  const bootstrap = assign(plan, planned.name)?.bootstrap ?? 'join';
  const reported = new Map(record?.steps?.map((step) => [step.id, step]));
  const steps = stepsOf(bootstrap).map(({ id, title }) => ({
    ...(reported.get(id) ?? pending(id)),
    title: title[language],
  }));
  const findings = record?.findings ?? [];
  const node = record?.node ?? null;
  const diagnosis = record?.diagnosis ?? null;
  const operator = { name: planned.name, ...decided };
  const stands = standing({ planned, record, steps, findings, node, now: now.getTime(), operator });
  const host: Explained = {
    name: planned.name,
    address: planned.address,
    role: planned.role,
    phase: stands.phase,
    summary: stands.summary[language],
    remedy: stands.remedy[language],
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
    diagnosis,
    ...(hold === undefined ? {} : { hold }),
    ...(operation === undefined ? {} : { operation }),
    ...(machines.length === 0 ? {} : { machines }),
  };
  return { host: { ...host, explanation: explain(host, now) }, standing: stands };
}

function pending(id: StepResult['id']): StepResult {
  return { id, state: 'pending', startedAt: null, endedAt: null, attempts: 0, message: '', remedy: '' };
}

function iso(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}

/** Whom the sentence names first: where a person is needed, then where something goes on. */
const urgency: readonly Phase[] = [
  'cloned',
  'blocked',
  'failed',
  'silent',
  'not-ready',
  'leaving',
  'unplanned',
  'paused',
  'joining',
  'preparing',
  'enrolled',
  'waiting',
  'planned',
];

/** "2 of 3 nodes Ready; node02 is installing packages, 12 s". */
function clusterSummary(all: readonly HostView[]): LocalText {
  const views = all.filter(({ standing }) => standing.phase !== 'retired');
  const others = views.filter(({ standing }) => standing.phase !== 'ready');
  const ready = views.length - others.length;
  const count = { en: `${ready} of ${views.length} nodes Ready`, zh: `${views.length} 个节点中 ${ready} 个 Ready` };
  const phase = urgency.find((candidate) => others.some(({ standing }) => standing.phase === candidate));
  const first = others.find(({ standing }) => standing.phase === phase);
  if (first === undefined) return count;
  if (phase === 'planned' && others.length === views.length) {
    return { en: `${count.en}; no host has been seen yet`, zh: `${count.zh}；尚未见到任何主机` };
  }
  const more = others.length - 1;
  const rest = more === 0 ? verbatim('') : { en: ` (and ${more} more to go)`, zh: `（另有 ${more} 个未完成）` };
  const said = sentence(first);
  return { en: `${count.en}; ${said.en}${rest.en}`, zh: `${count.zh}；${said.zh}${rest.zh}` };
}

function sentence({ host: { name }, standing: { summary, isPredicate } }: HostView): LocalText {
  return isPredicate
    ? { en: `${name} is ${summary.en}`, zh: `${name} ${summary.zh}` }
    : { en: `${name}: ${summary.en}`, zh: `${name}：${summary.zh}` };
}

export interface StatusSource {
  store: Store;
  plan: Plan;
  planProblems: readonly string[];
  notices: readonly Notice[];
  lastContact: (host: string, stored: number) => number;
  decided: (host: string) => Decided;
  url: string;
  certificateSha256: string;
  now: Date;
  language: Language;
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
  return status({ ...rest, plan, records, cluster, departed: departedHosts(store, plan) });
}
