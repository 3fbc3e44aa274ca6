import { MusterError } from '../../shared/errors/errors.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import {
  type Action,
  type ActionPreview,
  type ActionRequest,
  type ActionResponse,
  actions,
  type OperationKind,
} from '../../shared/protocol/operation.ts';
import type { Machines } from '../enrolment/machines.ts';
import { issueToken } from '../enrolment/tokens.ts';
import { departedHosts } from '../plan/departed.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';
import { answers, dangerous, effects } from './effects.ts';
import { isOnlyControlPlane } from './only-control-plane.ts';
import type { Operations } from './operations.ts';
import { type HostSituation, refusal } from './refusal.ts';
import { happened } from './words.ts';

/** Evictions take as long as the pods need to end elsewhere first; an operator who sees nothing happen wants to be asked. */
const defaultTimeoutSeconds = 600;

export interface ActionsOptions {
  store: Store;
  plan: () => Plan;
  now: () => Date;
  operations: Operations;
  machines: Machines;
  news: News;
}

export type Actions = ReturnType<typeof createActions>;

/** What an operator does to a host. Whether that came from the command line or from the page makes no difference here. */
export function createActions({ store, plan, now, operations, machines, news }: ActionsOptions) {
  /** Throws 404 `host-unknown` for a name that is neither planned nor enrolled. */
  function situation(host: string): HostSituation {
    const current = plan();
    const planned = current.hosts.some(({ name }) => name === host);
    const intent = store.intents.get(host);
    if (!planned && intent === undefined && !departedHosts(store, current).some(({ name }) => name === host)) {
      const known = current.hosts.map(({ name }) => name).join(', ');
      throw new MusterError('host-unknown', `there is no host ${host}; the plan has ${known}`, { status: 404 });
    }
    return {
      host,
      planned,
      intent,
      enrolled: store.hosts.get(host) !== undefined,
      operation: store.operations.openOf(host),
      doubtful: machines.isDoubtful(host),
      isOnlyControlPlane: isOnlyControlPlane(current, host),
    };
  }

  function refuse(action: Action, of: HostSituation, force: boolean): void {
    const found = refusal(action, of);
    if (found === null || (found.forcible && force)) return;
    throw new MusterError(found.code, found.message.en, { status: 409, remedy: found.remedy });
  }

  /** Throws what `situation` throws, and 409 with the reason where the action makes no sense now. */
  function perform(
    host: string,
    request: ActionRequest,
    by: string,
    oneLiner: (token: string) => string,
  ): ActionResponse {
    const { action, force = false, reason = '', timeoutSeconds = defaultTimeoutSeconds } = request;
    refuse(action, situation(host), force);
    const at = now().getTime();
    let command: string | null = null;
    const begin = (kind: OperationKind) => operations.start({ host, kind, by, force, timeoutSeconds });
    const lineFor = () => oneLiner(issueToken({ store, plan: plan(), now: now() }, { host }).token);

    store.transaction(() => {
      switch (action) {
        case 'pause':
          store.intents.set({ host, kind: 'paused', reason, by, at });
          store.events.add(at, 'host-paused', host, happened.paused(by, reason));
          break;
        case 'resume':
          store.intents.clear(host);
          store.events.add(at, 'host-resumed', host, happened.resumed(by));
          break;
        case 'retire':
          begin('retire');
          store.intents.set({ host, kind: goneAlready(host) ? 'retired' : 'leaving', reason, by, at });
          break;
        case 'reset':
          begin('reset');
          break;
        case 'replace':
          begin('replace');
          store.intents.clear(host);
          store.hosts.remove(host);
          break;
        case 'readmit':
          store.intents.clear(host);
          store.hosts.remove(host);
          store.events.add(at, 'host-readmitted', host, happened.readmitted(by));
          break;
        case 'cancel': {
          const open = store.operations.openOf(host);
          if (open !== undefined) operations.cancel(open);
          if (open?.kind === 'retire') store.intents.clear(host);
          break;
        }
        case 'pick':
          machines.pick(host, request.machine ?? '');
          store.events.add(at, 'machine-picked', host, happened.picked(by, request.machine ?? ''));
          break;
      }
    });
    machines.forget(host);
    if (action === 'readmit' || action === 'replace') command = lineFor();
    operations.advance();
    news.emit('target', host);
    news.emit('duties');
    const operation = store.operations.openOf(host) ?? null;
    return { message: answers[action](host), operation, command };
  }

  /** There is no machine that would have to leave. */
  const goneAlready = (host: string): boolean => store.hosts.get(host) === undefined;

  return {
    perform,
    /** What each action would do to this host, and which of them are possible now. Throws 404 `host-unknown`. */
    previews(host: string): ActionPreview[] {
      const of = situation(host);
      return actions.map((action): ActionPreview => {
        const found = refusal(action, of);
        return {
          action,
          refusal: found && { code: found.code, message: found.message, remedy: found.remedy },
          forcible: found?.forcible ?? false,
          dangerous: dangerous.has(action),
          effects: effects(action, host),
        };
      });
    },
  };
}
