import { type Action, actionCatalogue, actions } from '../../shared/actions/catalogue.ts';
import { evictionSeconds } from '../../shared/actions/removal.ts';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { ActionPreview, ActionRequest, ActionResponse } from '../../shared/protocol/operation.ts';
import type { Machines } from '../enrolment/machines.ts';
import { issueToken } from '../enrolment/tokens.ts';
import type { Contacts } from '../observing/contacts.ts';
import { departedHosts } from '../plan/departed.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';
import { standbyState } from '../view/coordinators.ts';
import type { HostSituation } from './actions/definition.ts';
import { actionHandlers } from './actions/index.ts';
import { isOnlyControlPlane } from './only-control-plane.ts';
import type { Operations } from './operations.ts';
import { quorumWithout } from './quorum.ts';

export interface ActionsOptions {
  store: Store;
  plan: () => Plan;
  now: () => Date;
  operations: Operations;
  machines: Machines;
  contacts: Contacts;
  news: News;
  /** The control plane of this coordinator, those that share its state, and whether it is the only one. */
  replica: { host: () => string; sharing: () => readonly string[]; standing: { state: () => string } };
}

export type Actions = ReturnType<typeof createActions>;

/** Operator actions on hosts, from the command line or the status page. */
export function createActions(options: ActionsOptions) {
  const { store, plan, now, operations, machines, contacts, news, replica } = options;

  /** Whether another coordinator has the state and could take over from the one on this host. */
  function hasStandby(host: string): boolean {
    if (replica.standing.state() === 'alone') return false;
    const means = { store, lastContact: contacts.last, now: now() };
    return replica.sharing().some((name) => name !== host && standbyState(means, name) === 'standby');
  }

  /** Throws MusterError 404 `host-unknown` for a name that is neither planned nor enrolled. */
  function situation(host: string): HostSituation {
    const current = plan();
    const planned = current.hosts.some(({ name }) => name === host);
    const intent = store.intents.get(host);
    if (!planned && intent === undefined && !departedHosts(store, current).some(({ name }) => name === host)) {
      throw new MusterError('host-unknown', { host, known: current.hosts.map(({ name }) => name) });
    }
    return {
      host,
      planned,
      intent,
      enrolled: store.hosts.get(host) !== undefined,
      operation: store.operations.openOf(host),
      doubtful: machines.isDoubtful(host),
      isOnlyControlPlane: isOnlyControlPlane(store, current, host),
      quorum: quorumWithout({ store, now, contacts, plan }, host),
      hasOnlyState: replica.host() === host && !hasStandby(host),
      hasPlannedRole: store.cluster.roles()[host] === undefined,
    };
  }

  /** Throws what `situation` throws, and MusterError 409 with the reason if the action is not possible now. */
  function perform(
    host: string,
    request: ActionRequest,
    by: string,
    oneLiner: (token: string) => string,
  ): ActionResponse {
    const { action, force = false, timeoutSeconds = evictionSeconds } = request;
    const { invites, answer } = actionCatalogue[action];
    refuse(action, situation(host), force);
    store.transaction(() =>
      actionHandlers[action].perform({
        host,
        request,
        by,
        at: now().getTime(),
        store,
        machines,
        begin: (kind) => void operations.start({ host, kind, by, force, timeoutSeconds }),
        cancel: operations.cancel,
      }),
    );
    machines.forget(host);
    const token = invites ? issueToken({ store, plan: plan(), now: now() }, { host }).token : null;
    operations.advance();
    news.emit('target', host);
    news.emit('duties');
    const operation = store.operations.openOf(host) ?? null;
    return { message: answer(host), operation, command: token === null ? null : oneLiner(token) };
  }

  return {
    perform,
    /** Effects and availability of each action on this host. Throws MusterError 404 `host-unknown`. */
    previews(host: string): ActionPreview[] {
      const of = situation(host);
      return actions.map((action) => preview(action, of));
    },
  };
}

function refuse(action: Action, situation: HostSituation, force: boolean): void {
  const found = actionHandlers[action].refusal(situation);
  if (found === null || (found.forcible && force)) return;
  throw new MusterError(found.problem, {}, { status: 409 });
}

function preview(action: Action, situation: HostSituation): ActionPreview {
  const { effects, dangerous = false } = actionCatalogue[action];
  const found = actionHandlers[action].refusal(situation);
  return {
    action,
    refusal: found?.problem ?? null,
    forcible: found?.forcible ?? false,
    dangerous,
    effects: effects(situation.host),
  };
}
