import { createHash } from 'node:crypto';
import { hostNamed } from '../../shared/plan/lookup.ts';
import type { Plan, PlannedHost } from '../../shared/plan/schema.ts';
import { type Duty, longestJoinSeconds } from '../../shared/protocol/duty.ts';
import type { ClusterFacts, NodeFacts } from '../../shared/protocol/facts.ts';
import type { StepResult } from '../../shared/protocol/report.ts';
import type { JoinCredentialRow } from '../store/join-credentials.ts';
import type { Observed } from '../store/observations.ts';

/** Maximum lifetime of a bootstrap token, in seconds. */
export const joinCredentialSeconds = longestJoinSeconds;

export type Mint = Pick<Extract<Duty, { type: 'mint-join-credential' }>, 'id' | 'host' | 'role' | 'recipient'>;

export interface DutiesInput {
  plan: Plan;
  now: number;
  /** Admitted hosts that wait for a credential, with the id of the duty that mints it. */
  mints: readonly Mint[];
  /** Credentials not deleted by a control plane yet, oldest first. */
  credentials: readonly JoinCredentialRow[];
  nodes: ReadonlyMap<string, Observed<NodeFacts | null>>;
  /** A host's steps as it last reported them. */
  stepsOf: (host: string) => Observed<StepResult[]> | undefined;
  cluster: ClusterFacts | null;
  /** Recently completed label-node duties, id to time: the host has not reported the result yet. */
  settled: ReadonlyMap<string, number>;
  /** Whether the operator has stopped changes on the host. */
  isHeld: (host: string) => boolean;
}

/** The duties of a control plane's agent, derived from the current state. Ids are stable while the need exists. */
export function duties(input: DutiesInput): Duty[] {
  return [...mintDuties(input), ...credentialDuties(input), ...labelDuties(input)];
}

function mintDuties({ mints }: DutiesInput): Duty[] {
  return mints.map((mint) => ({ ...mint, type: 'mint-join-credential', ttlSeconds: joinCredentialSeconds }));
}

function credentialDuties(input: DutiesInput): Duty[] {
  const { credentials, now } = input;
  const newest = new Map(credentials.map((row) => [row.host, row.tokenId]));
  return credentials.flatMap((row): Duty[] => {
    const { tokenId, host, expiresAt } = row;
    const remove = { id: `delete-${tokenId}`, type: 'delete-join-credential', tokenId } as const;
    if (newest.get(host) !== tokenId) return [remove];
    if (expiresAt <= now || hasJoinedSince(row, input)) return [{ ...remove, endedFor: host }];
    if (row.approvedAt !== null) return [];
    const until = new Date(expiresAt).toISOString();
    return [{ id: `approve-${tokenId}`, type: 'approve-certificate', host, tokenId, until }];
  });
}

/**
 * Whether the join with this credential has ended well. kubeadm continues after a control plane's Node is Ready: it adds the
 * member of etcd last.
 */
export function hasJoinedSince(
  row: JoinCredentialRow,
  { plan, nodes, stepsOf, cluster }: Pick<DutiesInput, 'plan' | 'nodes' | 'stepsOf' | 'cluster'>,
): boolean {
  if (hostNamed(plan, row.host)?.role !== 'control-plane') return isReadySince(row, nodes, cluster);
  const steps = stepsOf(row.host);
  const join = steps?.value.find(({ id }) => id === 'kubeadm-join');
  return join?.state === 'done' && steps !== undefined && steps.changedAt > row.createdAt;
}

/**
 * Whether the credential's host has become a Ready node with it. Observations from before the credential belong to the
 * host's previous Node: the API server reports a wiped host Ready for another 40 seconds. Before its certificate is
 * approved, a Ready Node of its name is another machine's, which kubeadm reports.
 */
function isReadySince(
  { host, createdAt, approvedAt }: JoinCredentialRow,
  nodes: DutiesInput['nodes'],
  cluster: ClusterFacts | null,
): boolean {
  const own = nodes.get(host);
  if (own?.value?.ready && own.changedAt > createdAt) return true;
  if (cluster === null || approvedAt === null || Date.parse(cluster.observedAt) <= approvedAt) return false;
  return readyNodes(cluster).has(host);
}

/** Observations are never modified, so that the nodes of each are indexed once. */
const readyNodesOf = new WeakMap<ClusterFacts, ReadonlySet<string>>();

function readyNodes(cluster: ClusterFacts): ReadonlySet<string> {
  const known =
    readyNodesOf.get(cluster) ?? new Set(cluster.nodes.filter(({ ready }) => ready).map(({ name }) => name));
  readyNodesOf.set(cluster, known);
  return known;
}

const markedHostsOf = new WeakMap<Plan, readonly PlannedHost[]>();

/** Hosts with labels or taints; few in most plans. */
function markedHosts(plan: Plan): readonly PlannedHost[] {
  const isMarked = ({ labels, taints }: PlannedHost) => Object.keys(labels).length + taints.length > 0;
  const known = markedHostsOf.get(plan) ?? plan.hosts.filter(isMarked);
  markedHostsOf.set(plan, known);
  return known;
}

function labelDuties({ plan, nodes, settled, isHeld }: DutiesInput): Duty[] {
  return markedHosts(plan).flatMap((planned): Duty[] => {
    const observed = nodes.get(planned.name);
    const node = observed?.value;
    if (!node || carries(node, planned) || isHeld(planned.name)) return [];
    const { name, labels, taints } = planned;
    const hash = createHash('sha256')
      .update(JSON.stringify([labels, taints]))
      .digest('hex')
      .slice(0, 12);
    const id = `label-${name}-${hash}`;
    // A report newer than the duty describes another Node, such as that of a rejoined host.
    const isSettled = (settled.get(id) ?? 0) >= observed.changedAt;
    return isSettled ? [] : [{ id, type: 'label-node', host: name, labels, taints }];
  });
}

function carries(node: NodeFacts, { labels, taints }: PlannedHost): boolean {
  const labelled = Object.entries(labels).every(([key, value]) => node.labels[key] === value);
  const tainted = taints.every(({ key, value = '', effect }) =>
    node.taints.some((taint) => taint.key === key && (taint.value ?? '') === value && taint.effect === effect),
  );
  return labelled && tainted;
}
