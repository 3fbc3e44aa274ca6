import { assign } from '../../shared/plan/assign.ts';
import { neededSettings } from '../../shared/plan/needed-settings.ts';
import { titleOf } from '../../shared/preflight/catalogue.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import type { Duty } from '../../shared/protocol/duty.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import { verbatim } from '../../shared/text/local-text.ts';
import type { FleetView } from '../observing/fleet.ts';
import type { Goal } from '../operations/goal.ts';
import type { Operations } from '../operations/operations.ts';
import { precedence } from '../plan/precedence.ts';
import { type Common, type CommonOptions, createCommon } from './common.ts';
import { duties } from './duties.ts';
import type { Joins } from './joins.ts';
import type { SharedPart } from './shared-parts.ts';
import { createTargetWriter, type Sharing, type WrittenTarget } from './written-target.ts';

/** How long a completed label-node duty is not repeated, in ms: the host's next report shows the result. */
const settleMs = 30_000;

export interface TargetsOptions extends CommonOptions {
  joins: Joins;
  operations: Operations;
  fleet: Pick<FleetView, 'obstacle'>;
  now: () => Date;
  /** Whether this coordinator may act, if there are several. */
  standing: { mayAct: () => boolean };
  /** Further fields of the target, besides assignment, goal and duties. */
  more: readonly ((host: string, goal: Goal) => Partial<Target>)[];
}

export type Targets = ReturnType<typeof createTargets>;

/** The target of each host: its assignment and, for the control plane in charge, its duties. */
export function createTargets(options: TargetsOptions) {
  const { store, plan, joins, operations, fleet, now, more, standing } = options;
  const common = createCommon(options);
  const writer = createTargetWriter();
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
    const own = duties({
      plan: plan(),
      now: now().getTime(),
      mints: joins.mints(),
      credentials: store.joinCredentials.open(),
      nodes: store.observations.ofKind('node'),
      stepsOf: (name) => store.observations.get(name, 'steps'),
      cluster: facts,
      settled: settled(),
      isHeld: (name) => held(name).hold !== undefined,
    });
    return [...own, ...ofOperations];
  }

  function targetOf(host: string, first = precedence(store, common().plan, now().getTime())): Target {
    const goal = operations.goalOf(host);
    const extras: Partial<Target> = {};
    for (const part of more) Object.assign(extras, part(host, goal));
    const found = assignmentOf(host, common(), first?.host ?? null, fleet.obstacle(host));
    const target = { ...found, duties: [], ...goal, ...extras };
    return standing.mayAct() ? { ...target, duties: dutiesOf(host) } : idle(target);
  }

  return {
    dutiesOf,
    /** Records that a duty without a trace in the store is done. */
    settle: (id: string) => void doneAt.set(id, now().getTime()),
    /**
     * The target as JSON. `until`: when it changes without an event, in milliseconds since the epoch; Infinity if never.
     */
    of(host: string, sharing: Sharing): WrittenTarget & { until: number } {
      const first = precedence(store, common().plan, now().getTime());
      const written = writer.write(targetOf(host, first), sharing);
      return { ...written, until: first?.until ?? Number.POSITIVE_INFINITY };
    },
    /** A part of the host's own target, because other hosts' parts may contain secrets; null: it has none with this hash. */
    part(host: string, sha256: string): SharedPart | null {
      const { settings, signedPlan } = writer.partsOf(targetOf(host));
      return [settings, signedPlan].find((part) => part?.sha256 === sha256) ?? null;
    },
  };
}

/** What a host is told while it is unknown which coordinator acts: its assignment, and nothing that cannot be undone. */
function idle(target: Target): Target {
  const { leave, rotateCredential, update, assignment, ...rest } = target;
  return { ...rest, assignment: assignment && { ...assignment, recreate: false } };
}

function assignmentOf(
  host: string,
  { known, identity, members, recreate }: Common,
  installing: string | null,
  obstacle: Finding | null,
): Pick<Target, 'assignment' | 'reason'> {
  const assignment = assign(known, host, { cluster: identity, members, installing, recreate });
  if (assignment === null)
    return { assignment, reason: { en: `the plan has no host ${host}`, zh: `计划中没有主机 ${host}` } };
  if (obstacle === null) {
    const settings = neededSettings(assignment.settings, assignment.host.role);
    return { assignment: { ...assignment, settings }, reason: verbatim('') };
  }
  // A host that cannot be told from another must not be changed: it could be the wrong one.
  const { en, zh } = titleOf(obstacle.id);
  const reason = { en: `${en}: ${obstacle.seen.en}`, zh: `${zh}：${obstacle.seen.zh}` };
  return { assignment: null, reason };
}
