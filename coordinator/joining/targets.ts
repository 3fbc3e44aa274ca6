import { createHash } from 'node:crypto';
import { assign } from '../../shared/plan/assign.ts';
import { neededSettings } from '../../shared/plan/needed-settings.ts';
import type { ClusterSettings, Plan } from '../../shared/plan/schema.ts';
import { titleOf } from '../../shared/preflight/catalogue.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import type { Duty } from '../../shared/protocol/duty.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import { verbatim } from '../../shared/text/local-text.ts';
import type { FleetView } from '../observing/fleet.ts';
import type { Goal } from '../operations/goal.ts';
import type { Operations } from '../operations/operations.ts';
import { precedence } from '../plan/precedence.ts';
import type { Store } from '../store/store.ts';
import { type Common, createCommon } from './common.ts';
import { duties } from './duties.ts';
import type { Joins } from './joins.ts';

/** How long a completed label-node duty is not repeated, in ms: the host's next report shows the result. */
const settleMs = 30_000;

export interface TargetsOptions {
  store: Store;
  plan: () => Plan;
  joins: Joins;
  operations: Operations;
  fleet: Pick<FleetView, 'obstacle'>;
  now: () => Date;
  /** Further fields of the target, besides assignment, goal and duties. */
  more: readonly ((host: string, goal: Goal) => Partial<Target>)[];
}

export type Targets = ReturnType<typeof createTargets>;

/** The target of each host: its assignment and, for the control plane in charge, its duties. */
export function createTargets({ store, plan, joins, operations, fleet, now, more }: TargetsOptions) {
  const common = createCommon({ store, plan });
  const doneAt = new Map<string, number>();

  function settled(): ReadonlyMap<string, number> {
    const before = now().getTime() - settleMs;
    for (const [id, at] of doneAt) if (at < before) doneAt.delete(id);
    return doneAt;
  }

  function dutiesOf(host: string): Duty[] {
    const { dutyHost, facts } = common().cluster;
    if (dutyHost !== host || operations.goalOf(host).hold?.kind === 'cloned') return [];
    joins.advance();
    const ofOperations = operations.duties(facts?.nodes.map(({ name }) => name) ?? []);
    const held = operations.goals();
    const standing = duties({
      plan: plan(),
      now: now().getTime(),
      mints: joins.mints(),
      credentials: store.joinCredentials.open(),
      nodes: store.observations.ofKind('node'),
      cluster: facts,
      settled: settled(),
      isHeld: (name) => held(name).hold !== undefined,
    });
    return [...standing, ...ofOperations];
  }

  return {
    dutiesOf,
    /** Records that a duty without a trace in the store is done. */
    settle: (id: string) => void doneAt.set(id, now().getTime()),
    /**
     * The target as pieces of JSON with its entity tag; equal targets have equal tags. `until`: when it changes without an event,
     * in milliseconds since the epoch; Infinity if never.
     */
    of(host: string): Written & { until: number } {
      const shared = common();
      const first = precedence(store, shared.plan, now().getTime());
      const goal = operations.goalOf(host);
      const extras: Partial<Target> = {};
      for (const part of more) Object.assign(extras, part(host, goal));
      const { assignment, reason } = assignmentOf(host, shared, first?.host ?? null, fleet.obstacle(host));
      const rest = { reason, duties: dutiesOf(host), ...goal, ...extras };
      return { ...write(assignment, rest), until: first?.until ?? Number.POSITIVE_INFINITY };
    },
  };
}

interface Written {
  /** The target as JSON, in pieces. */
  json: readonly (string | Buffer)[];
  etag: string;
}

const settingsJson = createSettingsJson();

/** The settings, which are large and the same for all hosts, are written and hashed once. */
function write(assignment: Target['assignment'], rest: Omit<Target, 'assignment'>): Written {
  const others = JSON.stringify(rest).slice(1);
  if (assignment === null) return { json: [`{"assignment":null,${others}`], etag: etagOf(others) };
  const { settings, ...own } = assignment;
  const head = `{"assignment":${JSON.stringify(own).slice(0, -1)},"settings":`;
  const { json, hash } = settingsJson(settings);
  return { json: [head, json, `},${others}`], etag: etagOf(head, hash, others) };
}

const etagOf = (...parts: readonly string[]) => `"${createHash('sha256').update(parts.join()).digest('base64url')}"`;

function createSettingsJson() {
  const written = new WeakMap<ClusterSettings, { json: Buffer; hash: string }>();
  return (settings: ClusterSettings) => {
    const known = written.get(settings);
    if (known !== undefined) return known;
    const json = Buffer.from(JSON.stringify(settings));
    const made = { json, hash: createHash('sha256').update(json).digest('hex') };
    written.set(settings, made);
    return made;
  };
}

function assignmentOf(
  host: string,
  { known, identity, recreate }: Common,
  installing: string | null,
  obstacle: Finding | null,
): Pick<Target, 'assignment' | 'reason'> {
  const assignment = assign(known, host, { cluster: identity, installing, recreate });
  if (assignment === null)
    return { assignment, reason: { en: `the plan has no host ${host}`, zh: `计划中没有主机 ${host}` } };
  if (obstacle === null) {
    const settings = neededSettings(assignment.settings, assignment.bootstrap);
    return { assignment: { ...assignment, settings }, reason: verbatim('') };
  }
  // A host that cannot be told from another must not be changed: it could be the wrong one.
  const { en, zh } = titleOf(obstacle.id);
  const reason = { en: `${en}: ${obstacle.seen.en}`, zh: `${zh}：${obstacle.seen.zh}` };
  return { assignment: null, reason };
}
