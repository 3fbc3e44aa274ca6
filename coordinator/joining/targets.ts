import { createHash } from 'node:crypto';
import { assign } from '../../shared/plan/assign.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import { titleOf } from '../../shared/preflight/catalogue.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import type { Duty } from '../../shared/protocol/duty.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { FleetView } from '../observing/fleet.ts';
import type { Goal } from '../operations/goal.ts';
import type { Operations } from '../operations/operations.ts';
import { precedence } from '../plan/precedence.ts';
import type { Store } from '../store/store.ts';
import { type Common, createCommon } from './common.ts';
import { duties } from './duties.ts';
import type { Joins } from './joins.ts';

/** A label-node duty that was done is not asked for again until the host's own report can be expected to show it. */
const settleMs = 30_000;

export interface TargetsOptions {
  store: Store;
  plan: () => Plan;
  joins: Joins;
  operations: Operations;
  fleet: Pick<FleetView, 'obstacle'>;
  now: () => Date;
  /** What a host is told besides its assignment, its goal and its duties. */
  more: readonly ((host: string, goal: Goal) => Partial<Target>)[];
}

export type Targets = ReturnType<typeof createTargets>;

/** What each host is told: its assignment and, for the control plane that has them, its duties. */
export function createTargets({ store, plan, joins, operations, fleet, now, more }: TargetsOptions) {
  const common = createCommon({ store, plan });
  const doneAt = new Map<string, number>();

  function settled(): ReadonlyMap<string, number> {
    const before = now().getTime() - settleMs;
    for (const [id, at] of doneAt) if (at < before) doneAt.delete(id);
    return doneAt;
  }

  /** The duties that stand for this host now. */
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
    /** Notes that a duty that leaves no trace in the store was done. */
    settle: (id: string) => void doneAt.set(id, now().getTime()),
    /** As JSON, with its entity tag: equal targets have equal tags. `until`: when it changes by itself, if it does. */
    of(host: string): { json: string; etag: string; until: number } {
      const shared = common();
      const first = precedence(store, shared.plan, now().getTime());
      const goal = operations.goalOf(host);
      const extras: Partial<Target> = {};
      for (const part of more) Object.assign(extras, part(host, goal));
      const target: Target = {
        ...assignmentOf(host, shared, first?.host ?? null, fleet.obstacle(host)),
        duties: dutiesOf(host),
        ...goal,
        ...extras,
      };
      const json = JSON.stringify(target);
      const etag = `"${createHash('sha256').update(json).digest('base64url')}"`;
      return { json, etag, until: first?.until ?? Number.POSITIVE_INFINITY };
    },
  };
}

function assignmentOf(
  host: string,
  { known, identity, recreate }: Common,
  installing: string | null,
  obstacle: Finding | null,
): Pick<Target, 'assignment' | 'reason'> {
  const assignment = assign(known, host, { cluster: identity, installing, recreate });
  if (assignment === null) return { assignment, reason: `the plan has no host ${host}` };
  if (obstacle === null) return { assignment, reason: '' };
  // What can't be told from another host is not changed: whichever of them is meant, it would be the wrong one.
  return { assignment: null, reason: `${titleOf(obstacle.id).en}: ${obstacle.seen.en}` };
}
