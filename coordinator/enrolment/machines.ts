import { MusterError } from '../../shared/errors/errors.ts';
import type { MachineRow } from '../store/machines.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';

/** Who sends a request, by its own word and by its connection. */
export interface Sighting {
  /** null: an agent that does not tell. */
  bootId: string | null;
  machineId: string | null;
  address: string;
}

/** `host`: the machine that the credential is for; `doubt`: one of two that both have it; `out`: another was picked. */
export type Verdict = 'host' | 'doubt' | 'out';

interface Known {
  credential: string;
  currentBoot: string | null;
  doubt: boolean;
}

/** A boot that is this new may yet turn out to be another machine's, in ms. */
const probationMs = 5000;

/** How often a machine in doubt has its last contact written down, in ms. */
const noteEveryMs = 5000;

export interface MachinesOptions {
  store: Store;
  now: () => Date;
  news: News;
}

export type Machines = ReturnType<typeof createMachines>;

/**
 * Tells two machines with one credential apart. A machine that is rebooted shows a new boot id and never an earlier one again; where an
 * earlier one comes back after another was seen, both are alive: a VM was cloned. Then neither is trusted until the operator has picked.
 *
 * Every request asks, so what a calm host needs is in memory: `known` holds what the store holds, for the credential it was read for.
 */
export function createMachines({ store, now, news }: MachinesOptions) {
  const known = new Map<string, Known>();

  /** Its target has changed, and with it, it may be, the duties of control planes. */
  function tell(host: string): void {
    news.emit('target', host);
    news.emit('duties');
  }

  function knownOf(host: string, credential: string): Known {
    const found = known.get(host);
    if (found?.credential === credential) return found;
    const rows = store.machines.of(host);
    const entry: Known = {
      credential,
      currentBoot: rows.findLast(({ state }) => state === 'known')?.bootId ?? null,
      doubt: rows.some(({ state }) => state === 'doubtful'),
    };
    known.set(host, entry);
    return entry;
  }

  function saw(host: string, credential: string, sighting: Sighting): Verdict {
    const entry = knownOf(host, credential);
    const { bootId } = sighting;
    if (bootId === null) return entry.doubt ? 'doubt' : 'host';
    if (!entry.doubt && entry.currentBoot === bootId) return 'host';
    known.delete(host);
    return judge(host, { ...sighting, bootId });
  }

  function judge(host: string, sighting: Sighting & { bootId: string }): Verdict {
    const rows = store.machines.of(host);
    const before = rows.find(({ bootId }) => bootId === sighting.bootId);
    if (before?.state === 'out' || (before === undefined && resemblesOneThatIsOut(rows, sighting))) {
      keep(host, sighting, before, 'out');
      return 'out';
    }
    if (rows.some(({ state }) => state === 'doubtful')) {
      keep(host, sighting, before, 'doubtful');
      return 'doubt';
    }
    const current = rows.findLast(({ state }) => state === 'known');
    if (before === undefined || before === current) {
      keep(host, sighting, before, 'known');
      // If the machine of the boot before is still there, its poll is answered, and it is back at once.
      if (before === undefined && current !== undefined) tell(host);
      return 'host';
    }
    // An earlier boot is back: every boot that was seen since is of another machine.
    const others = rows.filter(({ lastSeenAt, bootId }) => lastSeenAt >= before.lastSeenAt && bootId !== before.bootId);
    store.transaction(() => {
      for (const other of others) store.machines.put(host, { ...other, state: 'doubtful' });
      store.machines.put(host, seenAgain(sighting, before, 'doubtful'));
      const named = [before, ...others].map(describe);
      store.events.add(now().getTime(), 'host-cloned', host, {
        en: `two machines have this host’s credential: ${named.join(' and ')}`,
        zh: `有两台机器持有该主机的凭据：${named.join(' 和 ')}`,
      });
    });
    tell(host);
    return 'doubt';
  }

  function keep(
    host: string,
    sighting: Sighting & { bootId: string },
    before: MachineRow | undefined,
    state: MachineRow['state'],
  ) {
    const unchanged = before?.state === state && before.address === sighting.address;
    if (unchanged && now().getTime() - before.lastSeenAt < noteEveryMs) return;
    store.transaction(() => store.machines.put(host, seenAgain(sighting, before, state)));
  }

  function seenAgain(
    { bootId, machineId, address }: Sighting & { bootId: string },
    before: MachineRow | undefined,
    state: MachineRow['state'],
  ): MachineRow {
    const at = now().getTime();
    return { bootId, machineId, address, firstSeenAt: before?.firstSeenAt ?? at, lastSeenAt: at, state };
  }

  return {
    saw,
    isDoubtful: (host: string): boolean => store.machines.of(host).some(({ state }) => state === 'doubtful'),
    /** Whether this boot is the newest that was seen of the host; where it is not, its machine should show that it is still there. */
    isCurrent(host: string, bootId: string | null): boolean {
      if (bootId === null) return true;
      const current = store.machines.of(host).findLast(({ state }) => state === 'known');
      return current === undefined || current.bootId === bootId;
    },
    /** Whether it has only just been seen to have another boot than before: a clone would be told from a reboot within moments. */
    isOnProbation(host: string): boolean {
      const boots = store.machines.of(host).filter(({ state }) => state === 'known');
      const newest = boots.at(-1);
      return boots.length > 1 && newest !== undefined && now().getTime() - newest.firstSeenAt < probationMs;
    },
    /** The machines that can't be told apart; empty where there is no doubt. */
    inDoubt: (host: string): MachineRow[] => store.machines.of(host).filter(({ state }) => state === 'doubtful'),
    /**
     * The machine whose boot id or machine id begins with `id` stays the host. To be called within a transaction. Throws 422
     * `machine-unclear` where that is none or more than one.
     */
    pick(host: string, id: string): void {
      const doubtful = store.machines.of(host).filter(({ state }) => state === 'doubtful');
      const matching = doubtful.filter(
        ({ bootId, machineId }) => id !== '' && (bootId.startsWith(id) || machineId?.startsWith(id)),
      );
      const [picked, ...more] = matching;
      if (picked === undefined || more.length > 0) {
        const seen = doubtful.map(describe).join('; ');
        throw new MusterError('machine-unclear', `name one of ${host}’s machines: ${seen}`, {
          status: 422,
          remedy: `muster pick ${host} --boot ${doubtful[0]?.bootId.slice(0, 8)}`,
        });
      }
      for (const one of doubtful) store.machines.put(host, { ...one, state: one === picked ? 'known' : 'out' });
    },
    /** What is in memory of this host is not to be trusted any more. */
    forget: (host: string) => void known.delete(host),
  };
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
function describe({ address, bootId, machineId }: MachineRow): string {
  return `${address} (boot ${bootId.slice(0, 8)}${machineId === null ? '' : `, machine ${machineId.slice(0, 8)}`})`;
}
