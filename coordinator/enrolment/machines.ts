import { MusterError } from '../../shared/errors/errors.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { MachineRow } from '../store/machines.ts';
import type { News } from '../store/news.ts';
import { createQuota } from '../store/quota.ts';
import type { Store } from '../store/store.ts';
import { type Boot, describe, isDoubtful, isKnown, type Judgement, judge, pickOne, type Sighting } from './judge.ts';

/** See Judgement. */
export type Verdict = 'host' | 'doubt' | 'out';

interface Known {
  credential: string;
  currentBoot: string | null;
  doubt: boolean;
}

/** How long a new boot may still turn out to be a clone, in ms. */
const probationMs = 5000;

/** New boots of a host; even a machine that restarts in a loop has fewer. Each one costs a disk sync. */
const boots = { burst: 20, refillMs: 30_000 };
/** Number of boots stored per host of machines that share the credential or are out. */
const kept = 20;

/** How often the last contact of a machine in doubt is stored, in ms. */
const noteEveryMs = 5000;

export interface MachinesOptions {
  store: Store;
  plan: () => Plan;
  now: () => Date;
  news: News;
}

export type Machines = ReturnType<typeof createMachines>;

/**
 * The machines seen with each host's credential. If two share one, neither is trusted until the operator picks one.
 *
 * Called on every request, so the state of undisputed hosts is cached in `known`, per credential.
 */
export function createMachines(options: MachinesOptions) {
  const { store, plan, now } = options;
  const known = new Map<string, Known>();
  const quota = createQuota(boots);

  function knownOf(host: string, credential: string): Known {
    const found = known.get(host);
    if (found?.credential === credential) return found;
    const rows = store.machines.of(host);
    const currentBoot = rows.findLast(isKnown)?.bootId ?? null;
    const entry: Known = { credential, currentBoot, doubt: rows.some(isDoubtful) };
    known.set(host, entry);
    return entry;
  }

  return {
    /** Throws MusterError 429 `too-many-boots`. */
    saw(host: string, credential: string, sighting: Sighting): Verdict {
      const entry = knownOf(host, credential);
      const { bootId } = sighting;
      if (bootId === null) return entry.doubt ? 'doubt' : 'host';
      if (!entry.doubt && entry.currentBoot === bootId) return 'host';
      const rows = store.machines.of(host);
      const isNew = rows.every((row) => row.bootId !== bootId);
      if (isNew && !quota.take(host, now().getTime())) throw new MusterError('too-many-boots', { host });
      known.delete(host);
      const boot = { ...sighting, bootId };
      const judgement = judge(rows, boot);
      if (judgement.is === 'cloned') noteClone(options, host, boot, judgement);
      else note(options, host, boot, judgement);
      return judgement.is === 'cloned' ? 'doubt' : judgement.is;
    },
    isDoubtful: (host: string): boolean => store.machines.of(host).some(isDoubtful),
    /**
     * Whether this is the newest boot seen of the host. A poll of an older boot is answered at once, so that its
     * machine makes contact again.
     */
    isCurrent(host: string, bootId: string | null): boolean {
      if (bootId === null) return true;
      const rows = store.machines.of(host);
      const current = rows.findLast(isKnown);
      // While two machines are in doubt, neither is current, and both wait for the operator.
      return current === undefined || current.bootId === bootId || rows.some(isDoubtful);
    },
    /** Whether the host has just shown a new boot: a clone would be detected within moments. */
    isOnProbation(host: string): boolean {
      const boots = store.machines.of(host).filter(isKnown);
      const newest = boots.at(-1);
      return boots.length > 1 && newest !== undefined && now().getTime() - newest.firstSeenAt < probationMs;
    },
    /** The machines that share the credential; empty if there is no doubt. */
    inDoubt: (host: string): MachineRow[] => store.machines.of(host).filter(isDoubtful),
    /** Keeps the machine named by `id` as the host. Requires a transaction. Throws what `pickOne` throws. */
    pick(host: string, id: string): void {
      const doubtful = store.machines.of(host).filter(isDoubtful);
      const planned = plan().hosts.find(({ name }) => name === host)?.address ?? '';
      const picked = pickOne(host, doubtful, { id, planned });
      for (const one of doubtful) store.machines.put(host, { ...one, state: one === picked ? 'known' : 'out' });
    },
    /** Drops the cached state of all hosts, which another coordinator may have changed. */
    restart: () => known.clear(),
    /** Drops the cached state of this host. */
    forget: (host: string) => void known.delete(host),
  };
}

type Calm = Exclude<Judgement, { is: 'cloned' }>;

const stateOf = { host: 'known', doubt: 'doubtful', out: 'out' } as const;

/** Stores a sighting, and announces it if the host's target changes. */
function note({ store, now, news }: MachinesOptions, host: string, boot: Boot, judgement: Calm): void {
  const rows = store.machines.of(host);
  const before = rows.find(({ bootId }) => bootId === boot.bootId);
  const state = stateOf[judgement.is];
  // Those that are known are trimmed by the store; these must not displace each other.
  if (before === undefined && state !== 'known' && rows.filter((row) => row.state === state).length >= kept) return;
  const isNoted = before?.state === state && before.address === boot.address;
  if (!isNoted || now().getTime() - before.lastSeenAt >= noteEveryMs) {
    store.transaction(() => store.machines.put(host, seenAgain(boot, before, state, now())));
  }
  // Answers the open poll of the previous boot: a machine that is still running reconnects at once.
  if (judgement.is === 'host' && judgement.isNewBoot) tell(news, host);
}

function noteClone(
  { store, now, news }: MachinesOptions,
  host: string,
  boot: Boot,
  { earlier, others }: Extract<Judgement, { is: 'cloned' }>,
): void {
  store.transaction(() => {
    for (const other of others) store.machines.put(host, { ...other, state: 'doubtful' });
    store.machines.put(host, seenAgain(boot, earlier, 'doubtful', now()));
    store.events.add(now().getTime(), 'host-cloned', host, clonedText([earlier, ...others].map(describe)));
  });
  tell(news, host);
}

/** The target changed, and possibly the duties of control planes. */
function tell(news: News, host: string): void {
  news.emit('target', host);
  news.emit('duties');
}

function seenAgain(
  { bootId, machineId, address }: Boot,
  before: MachineRow | undefined,
  state: MachineRow['state'],
  now: Date,
): MachineRow {
  const at = now.getTime();
  return { bootId, machineId, address, firstSeenAt: before?.firstSeenAt ?? at, lastSeenAt: at, state };
}

const clonedText = (machines: readonly string[]): LocalText => ({
  en: `two machines use this host’s credential: ${machines.join(' and ')}`,
  zh: `有两台机器使用该主机的凭据：${machines.join(' 和 ')}`,
});
