import { settingNotes } from '../../shared/plan/effects/notes.ts';
import { hostNamed } from '../../shared/plan/lookup.ts';
import type { ClusterSettings, Plan, PlannedHost } from '../../shared/plan/schema.ts';
import { lower } from '../../shared/preflight/lower.ts';
import type { CoordinatorState } from '../../shared/protocol/coordinator-state.ts';
import type { EtcdState } from '../../shared/protocol/etcd-state.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { Notice } from '../../shared/protocol/notice.ts';
import type { Hold, Machine, Operation } from '../../shared/protocol/operation.ts';
import type { PlanFileProblem } from '../../shared/protocol/plan-problem.ts';
import type { StepResult } from '../../shared/protocol/report.ts';
import type { HostStatus, Status } from '../../shared/protocol/status.ts';
import type { ClusterHead } from '../../shared/protocol/stream.ts';
import { type HostRow as Row, rowOf } from '../../shared/status/row.ts';
import { clusterSentence } from '../../shared/status/sentence.ts';
import { definitionOf } from '../../shared/steps/catalogue.ts';
import type { Language } from '../../shared/text/local-text.ts';
import { version } from '../../shared/version.ts';
import { departedHosts } from '../plan/departed.ts';
import { founder, stepIdsOf } from '../plan/founder.ts';
import { runningSettings } from '../plan/in-force.ts';
import type { HostRow } from '../store/hosts.ts';
import type { Observations, ObservationsByKind } from '../store/observations.ts';
import { inSlices } from '../store/sliced.ts';
import type { Store } from '../store/store.ts';
import { clusterView, createAvailability } from './cluster.ts';
import { causeOf, type Decision, decisionNotice, pendingDecision } from './decision.ts';
import { etcdView } from './etcd.ts';
import { type Explained, explain } from './explain.ts';
import { standing } from './phase.ts';
import { unlistedNotice } from './unlisted.ts';

/** An enrolled host: its row, with the newest contact, and its observations. */
export interface HostRecord extends HostRow, Partial<Observations> {}

/** Operator decisions about one host. */
export interface Decided {
  hold?: Hold | undefined;
  operation?: Operation;
  /** The machines that share the credential. */
  machines: Machine[];
}

interface HeadInput {
  plan: Plan;
  /** Enrolled hosts that the plan has dropped. */
  departed?: readonly PlannedHost[];
  planProblems: readonly PlanFileProblem[];
  notices?: readonly Notice[];
  cluster: {
    caSha256: string | null;
    nodes: Status['cluster']['unplannedNodes'];
    unlisted?: number;
    etcd?: EtcdState | null;
  };
  /** Settings of the running cluster; absent or null: there is none. */
  running?: ClusterSettings | null;
  /** What all hosts wait for; absent or null: nothing. */
  decision?: Decision | null;
  /** The control plane that creates the cluster or alone holds it; null: several hold it. */
  founder: string | null;
  url: string;
  certificateSha256: string;
  /** Of several control planes; absent or empty: there is one coordinator. */
  coordinators?: readonly CoordinatorState[];
}

export interface StatusInput extends HeadInput {
  /** Asked for one host at a time. */
  records: Pick<ReadonlyMap<string, HostRecord>, 'get'>;
  decided?: (host: string) => Decided;
  /** Findings from comparing the host with the others. */
  fleet?: (host: string) => Finding[];
  now: Date;
  /** Of all texts in the status. */
  language: Language;
}

/** Computes the whole status; yields after each host. Pure. */
export function* status(input: StatusInput): Generator<void, Status> {
  const { records, now } = input;
  const plan = knownPlan(input);
  const hosts: HostStatus[] = [];
  const rows: Row[] = [];
  for (const known of plan.hosts) {
    const host = hostView({ ...input, plan }, known, records.get(known.name) ?? null);
    hosts.push(host);
    rows.push(rowOf(host));
    yield;
  }
  const { cluster, coordinator, ...rest } = headOf(input);
  return {
    cluster: { ...cluster, summary: clusterSentence(rows, now.getTime()) },
    coordinator: { ...coordinator, now: now.toISOString() },
    ...rest,
    hosts,
  };
}

/** The plan with the enrolled hosts that it has dropped. */
function knownPlan({ plan, departed = [] }: Pick<HeadInput, 'plan' | 'departed'>): Plan {
  return departed.length === 0 ? plan : { ...plan, hosts: [...plan.hosts, ...departed] };
}

function headOf(input: HeadInput): ClusterHead {
  const { plan, planProblems, notices = [], cluster, url, certificateSha256, coordinators = [] } = input;
  const running = input.running ?? plan.settings;
  const known = knownPlan(input);
  return {
    cluster: {
      name: running.name,
      kubernetesVersion: running.kubernetes.version,
      caSha256: cluster.caSha256,
      unplannedNodes: cluster.nodes.filter(({ name }) => hostNamed(known, name) === undefined),
      ...(cluster.etcd ? { etcd: cluster.etcd } : {}),
    },
    coordinator: { url, version, certificateSha256, ...(coordinators.length > 0 && { all: [...coordinators] }) },
    planProblems: [...planProblems],
    settingNotes: settingNotes(plan.settings, running),
    notices: [
      ...notices,
      ...unlistedNotice(cluster.unlisted ?? 0),
      ...decisionNotice(input.decision ?? null, trustedOf(running, '')),
    ],
  };
}

const undecided = (): Decided => ({ machines: [] });

function hostView(
  input: Pick<StatusInput, 'plan' | 'running' | 'founder' | 'decided' | 'decision' | 'fleet' | 'now' | 'language'>,
  planned: PlannedHost,
  record: HostRecord | null,
): HostStatus {
  const { now, language, decided = undecided, fleet = () => [] } = input;
  const decision = decided(planned.name);
  const { hold, operation, machines } = decision;
  const reported = new Map(record?.steps?.map((step) => [step.id, step]));
  const own = stepIdsOf(input.plan, planned.name, input.founder).map((id) => reported.get(id) ?? pending(id));
  const steps = own.map((step) => ({ ...spoken(step, language), title: definitionOf[step.id].title[language] }));
  const findings = [...(record?.findings ?? []), ...lower(fleet(planned.name), input.plan.settings)];
  const node = record?.node ?? null;
  const operator = { name: planned.name, address: planned.address, ...decision };
  const diagnosis = record?.diagnosis ?? null;
  const trusted = trustedOf(input.running ?? input.plan.settings, planned.name);
  const stands = standing({ planned, record, steps: own, findings, node, now: now.getTime(), operator });
  const host: Explained = {
    name: planned.name,
    address: planned.address,
    role: planned.role,
    phase: stands.phase,
    summary: stands.summary,
    remedy: stands.remedy,
    enrolledAt: iso(record?.enrolledAt),
    readyAt: iso(record?.readyAt ?? undefined),
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
    diagnosis: causeOf(diagnosis, stands.phase, input.decision ?? null, trusted),
    ...(hold === undefined ? {} : { hold }),
    ...(operation === undefined ? {} : { operation }),
    ...(machines.length === 0 ? {} : { machines }),
  };
  return { ...host, explanation: explain(host, now) };
}

/** Values of texts that no host provides. */
const trustedOf = ({ runtime, endpoint }: ClusterSettings, host: string) => ({
  host,
  runtime: runtime.name,
  endpoint: `${endpoint.host}:${endpoint.port}`,
});

/** The step with its texts in the given language. */
function spoken({ zh, ...step }: StepResult, language: Language): StepResult {
  return language === 'zh' ? { ...step, ...zh } : step;
}

function pending(id: StepResult['id']): StepResult {
  return { id, state: 'pending', startedAt: null, endedAt: null, attempts: 0, message: '', remedy: '' };
}

function iso(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}

export interface StatusSource {
  store: Store;
  plan: Plan;
  planProblems: readonly PlanFileProblem[];
  notices: readonly Notice[];
  lastContact: (host: string, stored: number) => number;
  decided: (host: string) => Decided;
  fleet: (host: string) => Finding[];
  url: string;
  certificateSha256: string;
  coordinators: readonly CoordinatorState[];
  now: Date;
  language: Language;
}

/** Computes the status from the store, in slices. */
export function readStatus(source: StatusSource): Promise<Status> {
  return inSlices(status({ ...read(source), records: { get: (name) => recordIn(source, name) } }));
}

function recordIn(source: StatusSource, name: string): HostRecord | undefined {
  const row = source.store.hosts.get(name);
  return row && recordOf(source, row, source.store.observations.of(name));
}

/** The status of one host, without reading the others; undefined if neither planned nor enrolled. */
export function readHost(source: StatusSource, name: string): HostStatus | undefined {
  const named = (host: PlannedHost) => host.name === name;
  const planned = hostNamed(source.plan, name);
  // Streams read many hosts individually; dropped hosts are few and rarely requested.
  const departed = planned === undefined ? departedHosts(source.store, source.plan) : [];
  const known = planned ?? departed.find(named);
  if (known === undefined) return undefined;
  const decision = pendingDecision(source.store, source.plan, source.notices);
  const plan = knownPlan({ plan: source.plan, departed });
  return hostView(
    { ...source, plan, founder: founder(source.store, plan), decision },
    known,
    recordIn(source, name) ?? null,
  );
}

/** The cluster-wide part of the status, without reading the hosts. */
export function readHead(source: StatusSource): ClusterHead {
  return headOf(read(source));
}

/** Names of all hosts, in the order of the status. */
export function readNames({ store, plan }: Pick<StatusSource, 'store' | 'plan'>): string[] {
  return knownPlan({ plan, departed: departedHosts(store, plan) }).hosts.map(({ name }) => name);
}

/** The settings of the running cluster; null: there is none. */
export function readRunning(store: Store, plan: Plan): ClusterSettings | null {
  return runningSettings(store, plan, clusterView(store, plan).facts?.configuration ?? null);
}

function read(source: StatusSource) {
  const { store, plan } = source;
  const { facts } = clusterView(store, plan, availabilityOf(source));
  const caSha256 = store.cluster.get()?.caSha256 ?? null;
  const cluster = {
    caSha256,
    nodes: facts?.nodes ?? [],
    unlisted: facts?.unlistedNodes ?? 0,
    etcd: etcdView(source),
  };
  const running = runningSettings(store, plan, facts?.configuration ?? null);
  const decision = pendingDecision(store, plan, source.notices);
  const departed = departedHosts(store, plan);
  const founds = founder(store, knownPlan({ plan, departed }));
  return { ...source, cluster, running, decision, departed, founder: founds };
}

const availabilityOf = ({ store, lastContact, now }: StatusSource) =>
  createAvailability({ store, lastContact, now: () => now });

function recordOf({ lastContact }: StatusSource, row: HostRow, observed: ObservationsByKind): HostRecord {
  const values = Object.entries(observed).map(([kind, { value }]) => [kind, value]);
  return { ...row, lastContactAt: lastContact(row.name, row.lastContactAt), ...Object.fromEntries(values) };
}
