import { MusterError } from '../../shared/errors/errors.ts';
import type { MachineRow } from '../store/machines.ts';
import { machineAt } from '../view/operator.ts';

/** The sender of a request, as it reports itself and as its connection shows. */
export interface Sighting {
  /** null: the agent does not report it. */
  bootId: string | null;
  machineId: string | null;
  address: string;
}

/** A sighting with a boot id. */
export type Boot = Sighting & { bootId: string };

/**
 * `host`: the credential's machine; `doubt`: one of two machines that share it; `out`: the operator picked another;
 * `cloned`: an earlier boot reappeared, so all boots seen since belong to another machine.
 */
export type Judgement =
  | { is: 'host'; isNewBoot: boolean }
  | { is: 'doubt' }
  | { is: 'out' }
  | { is: 'cloned'; earlier: MachineRow; others: readonly MachineRow[] };

export const isDoubtful = ({ state }: MachineRow): boolean => state === 'doubtful';
export const isKnown = ({ state }: MachineRow): boolean => state === 'known';

/**
 * Detects two machines with one credential. A reboot gives a new boot id and never an earlier one; if an earlier one
 * reappears after another was seen, both machines are running: a VM was cloned. `rows`: the boots seen so far, oldest
 * contact first.
 */
export function judge(rows: readonly MachineRow[], sighting: Boot): Judgement {
  const before = rows.find(({ bootId }) => bootId === sighting.bootId);
  if (before?.state === 'out') return { is: 'out' };
  if (before === undefined && resemblesOneThatIsOut(rows, sighting)) return { is: 'out' };
  if (rows.some(isDoubtful)) return { is: 'doubt' };
  const current = rows.findLast(isKnown);
  if (before === undefined) return { is: 'host', isNewBoot: current !== undefined };
  if (before === current) return { is: 'host', isNewBoot: false };
  const others = rows.filter(({ lastSeenAt, bootId }) => lastSeenAt >= before.lastSeenAt && bootId !== before.bootId);
  return { is: 'cloned', earlier: before, others };
}

/**
 * The machine whose boot id or machine id starts with `id`. `planned`: the host's address. Throws MusterError 422 `machine-unclear` unless exactly one
 * matches.
 */
export function pickOne(
  host: string,
  doubtful: readonly MachineRow[],
  { id, planned }: { id: string; planned: string },
): MachineRow {
  const matching = doubtful.filter(
    ({ bootId, machineId }) => id !== '' && (bootId.startsWith(id) || machineId?.startsWith(id)),
  );
  const [picked, ...more] = matching;
  if (picked === undefined || more.length > 0) {
    const seen = doubtful.map(describe).join('; ');
    throw new MusterError('machine-unclear', {
      host,
      seen,
      boot: machineAt(planned, doubtful)?.bootId.slice(0, 8) ?? 'ID',
    });
  }
  return picked;
}

/**
 * Recognizes a rejected machine after a reboot by its machine id or address, if these differ from the picked machine's.
 */
function resemblesOneThatIsOut(rows: readonly MachineRow[], { machineId, address }: Sighting): boolean {
  const picked = rows.findLast(({ state }) => state === 'known');
  return rows.some(
    (row) =>
      row.state === 'out' &&
      ((row.machineId !== null && row.machineId === machineId && row.machineId !== picked?.machineId) ||
        (row.address === address && row.address !== picked?.address)),
  );
}

/** "192.168.0.131 (boot 3f2a9c01, machine 4c4c4544)". */
export function describe({ address, bootId, machineId }: MachineRow): string {
  return `${address} (boot ${bootId.slice(0, 8)}${machineId === null ? '' : `, machine ${machineId.slice(0, 8)}`})`;
}
