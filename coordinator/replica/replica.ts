import { MusterError, messageOf } from '../../shared/errors/errors.ts';
import { discard, handBack, stepDown, takeOver } from './acting.ts';
import { mark } from './elapsed.ts';
import type { Seen } from './lease/lease.ts';
import { offerOrder, takeOrder } from './recovery.ts';
import { type Api, apiOf, createSelf, hasFailed, identityOf, mayMove, type ReplicaOptions, type Self } from './self.ts';

/** Changes within this time are sent together, in ms. */
const gatherMs = 20;
/** How many times longer a coordinator waits whose host is about to leave. */
const leavingPatience = 3;

export type Replica = ReturnType<typeof createReplica>;

/**
 * One of several coordinators. The state that they share is a log in the Kubernetes API; the holder of a Lease writes it,
 * the others follow. Invariants: only the active coordinator records and sends changes; whoever becomes active takes over
 * the whole log first, then raises the revision, below which agents accept nothing.
 */
export function createReplica(options: ReplicaOptions) {
  const self = createSelf(options);
  const { news, sender, standing, timing } = self;
  let api: Api | null = null;
  let next: NodeJS.Timeout | undefined;
  let sending: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  let known = standing.state();

  async function look(): Promise<void> {
    const connection = await self.connect();
    self.host = connection?.host ?? '';
    if (connection === null) return standing.fails();
    if (standing.state() === 'alone' && !mayMove(self, connection) && !self.memory.hasEnded()) return;
    if (api?.connection !== connection) api = apiOf(self, connection);
    const seen = await api.lease.look();
    if (seen === null) return standing.fails();
    // While it was cut off, reports and an operator's orders changed its database.
    if (standing.state() === 'cut-off') self.follower.diverged();
    standing.looked(seen.url);
    await act(self, api, seen);
  }

  /** One look at the Lease and what follows from it. Never rejects. */
  async function tick(): Promise<void> {
    await look().catch((error) => failed(self, error));
    // Agents that wait for this coordinator must hear that it may no longer act.
    if (known !== standing.state()) {
      news.emit('targets');
      sendSoon();
    }
    known = standing.state();
  }

  function repeat(): void {
    looking = tick().then(() => {
      next = setTimeout(repeat, timing.tick);
    });
  }

  const send = (): void => {
    sending = undefined;
    if (self.isActive) sender.flush().catch((error) => failed(self, error));
  };
  const sendSoon = (): void => {
    if (self.isActive) sending ??= setTimeout(send, gatherMs);
  };

  return {
    standing,
    /** The control plane that this coordinator runs on; '': not known. */
    host: (): string => self.host,
    /** The control planes whose coordinators share the state. */
    sharing: (): readonly string[] => self.controlPlanes(),
    async start(): Promise<void> {
      // A new coordinator beside others knows nothing: it waits for their state.
      const isNew = (await self.connect().catch(() => null)) !== null && self.store.hosts.all().length === 0;
      if (self.memory.sequence() > 0 || isNew) standing.share(true);
      news.on('commit', sendSoon);
      news.on('planFile', sendSoon);
      await tick();
      next = setTimeout(repeat, timing.tick);
    },
    /**
     * Resolves when everything committed so far is in the API, if coordinators share their state. Throws MusterError
     * `not-active` or `no-active`: it may be lost.
     */
    acknowledged: (): Promise<void> => acknowledge(self),
    /** An agent has seen a newer revision, so another coordinator was active since. */
    superseded: () => stepDown(self, 'an agent has seen a newer revision'),
    /** Gives up the Lease, so that another takes over at once. */
    async stop(): Promise<void> {
      clearTimeout(next);
      await looking;
      clearTimeout(next);
      clearTimeout(sending);
      if (!self.isActive || api === null) return;
      await sender.flush().catch((error) => failed(self, error));
      stepDown(self, 'it stops');
      await api.lease.release(self.memory.sequence()).catch((error) => failed(self, error));
    },
  };
}

async function acknowledge(self: Self): Promise<void> {
  const { sender, standing } = self;
  if (standing.state() === 'alone') return;
  standing.refuse('active');
  const term = sender.term();
  await sender.flush().catch((error) => {
    failed(self, error);
    throw new MusterError('no-active', {}, { cause: error });
  });
  standing.refuse('active');
  // A takeover meanwhile, by this coordinator, dropped what had not been sent.
  if (sender.term() !== term) throw new MusterError('no-active');
}

function failed(self: Self, error: unknown): void {
  const { log, standing } = self;
  if (error instanceof MusterError && isReplaced(error)) stepDown(self, error.message);
  else standing.fails();
  log.warn(`shared state: ${messageOf(error)}`, { standing: standing.state() });
}

const isReplaced = ({ code }: MusterError) => code === 'superseded' || code === 'lease-lost';

async function act(self: Self, api: Api, seen: Seen): Promise<void> {
  const isHolder = seen.holder === identityOf(self, api.connection);
  if (self.standing.state() === 'alone' && self.memory.hasEnded()) {
    if (isHolder || isFree(self, seen)) return discard(self, api);
    if (!mayMove(self, api.connection)) return;
  }
  if (isHolder) await hold(self, api, seen);
  else await watch(self, api, seen);
}

/** This coordinator holds the Lease. */
async function hold(self: Self, api: Api, seen: Seen): Promise<void> {
  const { controlPlanes, sender, standing, store } = self;
  const { host } = api.connection;
  if (self.isActive && !standing.mayAct()) stepDown(self, 'the Lease was not renewed in time');
  if (!self.isActive) return takeOver(self, api);
  takeOrder(self, seen.offer);
  const planned = controlPlanes();
  const isAlone = planned.length === 1 && planned[0] === host && store.cluster.members().length <= 1;
  if (isAlone) return handBack(self, api);
  const isLeaving = self.isLeaving(host);
  self.isLastResort &&= isLeaving;
  if (!planned.includes(host) || (isLeaving && !self.isLastResort)) return handOver(self, api, 'this host leaves');
  if (planned.includes(seen.asker) && seen.asker !== host)
    return handOver(self, api, `the plan was edited on ${seen.asker}`);
  const since = mark();
  if (await api.lease.hold(sender.sequence())) standing.holds(since);
}

async function handOver(self: Self, { lease }: Api, why: string): Promise<void> {
  await self.sender.flush();
  stepDown(self, why);
  await lease.release(self.memory.sequence());
}

const isFree = ({ patience }: Self, { holder, unchanged }: Seen) => holder === '' || unchanged > patience;

/**
 * A coordinator whose host is about to leave, that has failed, or beside one that asked takes the Lease only if no other
 * does. The one that asked takes it also if the plan that was edited there makes its host a worker: only the active one
 * notes a plan.
 */
function mayTake(self: Self, { connection: { host } }: Api, seen: Seen): boolean {
  const hasAsked = seen.asker === host;
  if (!isFree(self, seen) || !(hasAsked || self.controlPlanes().includes(host))) return false;
  const isBeside = seen.asker !== '' && !hasAsked;
  return !(self.isLeaving(host) || hasFailed(self) || isBeside) || seen.unchanged > self.patience * leavingPatience;
}

/** Another coordinator, or nobody, holds the Lease. */
async function watch(self: Self, api: Api, seen: Seen): Promise<void> {
  const { follower, standing } = self;
  stepDown(self, `${seen.holder || 'nobody'} holds the Lease`);
  const { host } = api.connection;
  // What the operator edited here is newer than the plan in the log only once the log has been followed to its end.
  if (seen.asker === host) await follower.follow(api.log, seen.head);
  if (mayTake(self, api, seen)) {
    self.isLastResort = self.isLeaving(host);
    return takeOver(self, api);
  }
  if (!(await follower.follow(api.log, seen.head))) return;
  standing.share(true);
  await offerOrder(self, api, seen);
  if (
    seen.asker === '' &&
    !self.isLeaving(host) &&
    !hasFailed(self) &&
    (await self.files.isEdited()) &&
    self.isPlanValid() &&
    (await api.lease.ask(host))
  )
    self.log.info('the plan was edited on this host; asking the active coordinator to hand over', { active: seen.url });
}
