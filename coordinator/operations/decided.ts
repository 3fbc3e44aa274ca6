import type { Machine } from '../../shared/protocol/operation.ts';
import type { Machines } from '../enrolment/machines.ts';
import type { MachineRow } from '../store/machines.ts';
import type { Store } from '../store/store.ts';
import type { Decided } from '../view/status.ts';
import type { Operations } from './operations.ts';

interface DecisionsSource {
  store: Store;
  operations: Pick<Operations, 'goals'>;
  machines: Pick<Machines, 'inDoubt'>;
}

/** Decisions of operators about each host, made or pending. Reads the store once for all hosts. */
export function decisions({ store, operations, machines }: DecisionsSource): (host: string) => Decided {
  const goalOf = operations.goals();
  const open = new Map(store.operations.open().map((operation) => [operation.host, operation]));
  return (host) => {
    const { hold } = goalOf(host);
    const operation = open.get(host);
    return {
      ...(hold === undefined ? {} : { hold }),
      ...(operation === undefined ? {} : { operation }),
      machines: hold?.kind === 'cloned' ? machines.inDoubt(host).map(asMachine) : [],
    };
  };
}

function asMachine({ bootId, machineId, address, firstSeenAt, lastSeenAt }: MachineRow): Machine {
  const [first, last] = [firstSeenAt, lastSeenAt].map((at) => new Date(at).toISOString());
  return { bootId, machineId, address, firstSeenAt: first ?? '', lastSeenAt: last ?? '' };
}
