import { hostNamed } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Store } from '../store/store.ts';
import { type Goal, goal } from './goal.ts';
import { isOnlyControlPlane } from './only-control-plane.ts';

export interface GoalsOptions {
  store: Store;
  plan: () => Plan;
  isDoubtful: (host: string) => boolean;
}

/** Computes goals from the store, for one host or for all at once. */
export function createGoals({ store, plan, isDoubtful }: GoalsOptions) {
  function goalOf(host: string): Goal {
    const current = plan();
    return goal({
      host,
      planned: hostNamed(current, host) !== undefined,
      intent: store.intents.get(host),
      operation: store.operations.openOf(host),
      doubtful: isDoubtful(host),
      givesUpCluster: isOnlyControlPlane(store, current, host),
    });
  }

  /** Goals of many hosts at the same moment. */
  function goals(): (host: string) => Goal {
    const current = plan();
    const intents = new Map(store.intents.all().map((intent) => [intent.host, intent]));
    const open = new Map(store.operations.open().map((operation) => [operation.host, operation]));
    const doubtful = store.machines.doubtfulHosts();
    return (host) =>
      goal({
        host,
        planned: hostNamed(current, host) !== undefined,
        intent: intents.get(host),
        operation: open.get(host),
        doubtful: doubtful.has(host),
        givesUpCluster: isOnlyControlPlane(store, current, host),
      });
  }

  return { goalOf, goals };
}
