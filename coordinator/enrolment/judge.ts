import { MusterError } from '../../shared/errors/errors.ts';
import type { MachineRow } from '../store/machines.ts';

/** Who sends a request, by its own word and by its connection. */
export interface Sighting {
  /** null: an agent that does not tell. */
  bootId: string | null;
  machineId: string | null;
  address: string;
}

/** A sighting of an agent that tells its boot. */
export type Boot = Sighting & { bootId: string };

/**
 * `host`: the machine that the credential is for; `doubt`: one of two that both have it; `out`: another was picked; `cloned`: an earlier
 * boot is back, so every boot that was seen since is of another machine.
 */
export type Judgement =
  | { is: 'host'; isNewBoot: boolean }
  | { is: 'doubt' }
  | { is: 'out' }
  | { is: 'cloned'; earlier: MachineRow; others: readonly MachineRow[] };

export const isDoubtful = ({ state }: MachineRow): boolean => state === 'doubtful';
export const isKnown = ({ state }: MachineRow): boolean => state === 'known';

/**
 * Tells two machines with one credential apart. A machine that is rebooted shows a new boot id and never an earlier one again; where an
 * earlier one comes back after another was seen, both are alive: a VM was cloned. `rows`: the boots seen so far, oldest contact first.
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

/** The one machine whose boot id or machine id begins with `id`. Throws 422 `machine-unclear` where that is none or more than one. */
export function pickOne(host: string, doubtful: readonly MachineRow[], id: string): MachineRow {
  const matching = doubtful.filter(
    ({ bootId, machineId }) => id !== '' && (bootId.startsWith(id) || machineId?.startsWith(id)),
  );
  const [picked, ...more] = matching;
  if (picked === undefined || more.length > 0) {
    const seen = doubtful.map(describe).join('; ');
    throw new MusterError('machine-unclear', { host, seen, boot: doubtful[0]?.bootId.slice(0, 8) ?? 'ID' });
  }
  return picked;
}

/** After a reboot, what was out is known by its machine id or by its address, where those differ from the picked machine's. */
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
