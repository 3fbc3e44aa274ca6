import { createHash } from 'node:crypto';
import { assign } from '../../shared/plan/assign.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import { titleOf } from '../../shared/preflight/catalogue.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import type { Duty } from '../../shared/protocol/duty.ts';
import type { Collections } from '../observing/collections.ts';
import type { FleetView } from '../observing/fleet.ts';
import type { Operations } from '../operations/operations.ts';
import { departedHosts } from '../plan/departed.ts';
import { precedence } from '../plan/precedence.ts';
import type { Store } from '../store/store.ts';
import { mayRecreate } from '../upkeep/recovery.ts';
import { rotationDue } from '../upkeep/rotation.ts';
import { clusterView } from '../view/cluster.ts';
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
  collections: Pick<Collections, 'of'>;
  now: () => Date;
  /** What a host is told besides its assignment and its duties. */
  more?: (host: string) => Partial<Target>;
}

export type Targets = ReturnType<typeof createTargets>;

/** What each host is told: its assignment and, for the control plane that has them, its duties. */
export function createTargets({ store, plan, joins, operations, fleet, collections, now, more }: TargetsOptions) {
  const doneAt = new Map<string, number>();

  function settled(): ReadonlyMap<string, number> {
    const before = now().getTime() - settleMs;
    for (const [id, at] of doneAt) if (at < before) doneAt.delete(id);
    return doneAt;
  }

  /** The duties that stand for this host now. */
  function dutiesOf(host: string): Duty[] {
    const current = plan();
    const { dutyHost, facts } = clusterView(store, current);
    if (dutyHost !== host || operations.goalOf(host).hold?.kind === 'cloned') return [];
    joins.advance();
    const ofOperations = operations.duties(facts?.nodes.map(({ name }) => name) ?? []);
    const held = operations.goals();
    const standing = duties({
      plan: current,
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
      const current = plan();
      const first = precedence(store, current, now().getTime());
      // A host that the plan has dropped is still what it was, until the operator says what becomes of it.
      const known = { ...current, hosts: [...current.hosts, ...departedHosts(store, current)] };
      // What can't be told from another host is not changed: whichever of them is meant, it would be the wrong one.
      const obstacle = fleet.obstacle(host);
      const wanted = assign(known, host, {
        cluster: store.cluster.get(),
        installing: first?.host ?? null,
        recreate: mayRecreate(store, current),
      });
      const assignment = obstacle === null ? wanted : null;
      const held = obstacle === null ? '' : `${titleOf(obstacle.id).en}: ${obstacle.seen.en}`;
      const reason = wanted === null ? `the plan has no host ${host}` : held;
      const goal = operations.goalOf(host);
      // Of two machines with one credential, the one that replaced it would lock the other out before anybody has picked.
      const mayRotate = goal.hold?.kind !== 'cloned' && rotationDue({ store, now: now() }, host);
      const rotate = mayRotate ? { rotateCredential: true } : {};
      const request = collections.of(host);
      const collect = request === null ? {} : { collect: request };
      const target: Target = {
        assignment,
        reason,
        duties: dutiesOf(host),
        ...goal,
        ...rotate,
        ...collect,
        ...more?.(host),
      };
      const json = JSON.stringify(target);
      const etag = `"${createHash('sha256').update(json).digest('base64url')}"`;
      return { json, etag, until: first?.until ?? Number.POSITIVE_INFINITY };
    },
  };
}
