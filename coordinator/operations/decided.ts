import type { Machine } from '../../shared/protocol/operation.ts';
import type { Coordinator } from '../coordinator.ts';
import type { Decided } from '../status.ts';
import type { MachineRow } from '../store/machines.ts';

/** What operators have decided about a host, or still have to decide. */
export function decidedAbout({ store, operations, machines }: Coordinator, host: string): Decided {
  const { hold } = operations.goalOf(host);
  const operation = store.operations.openOf(host);
  return {
    ...(hold === undefined ? {} : { hold }),
    ...(operation === undefined ? {} : { operation }),
    machines: machines.inDoubt(host).map(asMachine),
  };
}

function asMachine({ bootId, machineId, address, firstSeenAt, lastSeenAt }: MachineRow): Machine {
  const [first, last] = [firstSeenAt, lastSeenAt].map((at) => new Date(at).toISOString());
  return { bootId, machineId, address, firstSeenAt: first ?? '', lastSeenAt: last ?? '' };
}
