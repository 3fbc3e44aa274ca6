import { hostNamed } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Target } from '../../shared/protocol/assignment.ts';

/** Where the state of the coordinators is. */
export interface StateSource {
  /** The control plane of this coordinator; '': not known. */
  host: () => string;
  standing: { mayAct: () => boolean };
}

/**
 * Lets a worker remove the coordinator that it had as a control plane. Invariant: only a coordinator that acts on another
 * host says so, because it has the whole state.
 */
export function removalTarget({ plan }: { plan: () => Plan }, { host: self, standing }: StateSource) {
  return (host: string): Pick<Target, 'removeCoordinator'> => {
    const isElsewhere = self() !== '' && self() !== host && standing.mayAct();
    return isElsewhere && hostNamed(plan(), host)?.role === 'worker' ? { removeCoordinator: true } : {};
  };
}
