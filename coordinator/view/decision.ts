import { describe, type Trusted } from '../../shared/diagnosis/describe.ts';
import { type DecisionId, isDecision } from '../../shared/diagnosis/failures/cluster.ts';
import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Diagnosis } from '../../shared/protocol/diagnosis.ts';
import type { Notice } from '../../shared/protocol/notice.ts';
import type { Phase } from '../../shared/protocol/status.ts';
import { founder as founderName } from '../plan/founder.ts';
import type { Store } from '../store/store.ts';

/** A decision that only an operator can make and that all hosts wait for. */
export interface Decision {
  id: DecisionId;
  /** The host that created the cluster, or that would create the next one. */
  founder: string;
  /** ISO 8601. */
  since: string;
  values: { founder: string; seen: string };
}

/** Phases of hosts that the decision holds up; those of the others have a reason of their own. */
const waiting: readonly Phase[] = ['preparing', 'waiting', 'joining', 'failed', 'not-ready'];

/** The pending decision; null: none. */
export function pendingDecision(
  { observations, cluster }: Pick<Store, 'observations' | 'cluster'>,
  plan: Plan,
  notices: readonly Notice[],
): Decision | null {
  const founder = founderName({ cluster }, plan) ?? controlPlanesOf(plan)[0]?.name ?? '';
  const steps = observations.get(founder, 'steps');
  const since = new Date(steps?.changedAt ?? 0).toISOString();
  if (notices.some(({ code }) => code === 'coordinator-restored')) {
    return { id: 'coordinator-restored', founder, since, values: { founder, seen: '' } };
  }
  const init = steps?.value.find(({ id, state }) => id === 'kubeadm-init' && state === 'waiting');
  if (init?.code === undefined || !isDecision(init.code)) return null;
  return { id: init.code, founder, since, values: { founder, seen: init.message } };
}

/** The host's cause: the decision that all wait for explains every other one. */
export function causeOf(
  own: Diagnosis | null,
  phase: Phase,
  decision: Decision | null,
  trusted: Trusted,
): Diagnosis | null {
  if (decision === null || !waiting.includes(phase)) return own;
  const { id, since, values } = decision;
  return describe({ id, step: null, since, evidence: [], values, triesLeft: null }, trusted);
}

/** The decision as a notice of the cluster. */
export function decisionNotice(decision: Decision | null, trusted: Omit<Trusted, 'host'>): Notice[] {
  // The restored database has a notice of its own.
  if (decision === null || decision.id === 'coordinator-restored') return [];
  const { id, since, values, founder } = decision;
  const told = { id, step: null, since, evidence: [], values, triesLeft: null };
  const { title, cause, remedy, command } = describe(told, { ...trusted, host: founder });
  const text = { en: `${title.en}: ${cause.en} ${remedy.en}`, zh: `${title.zh}：${cause.zh}${remedy.zh}` };
  return [{ code: id, text, command }];
}
