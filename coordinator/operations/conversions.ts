import type { Plan } from '../../shared/plan/schema.ts';
import type { Notice } from '../../shared/protocol/notice.ts';
import { roleTitle } from '../../shared/steps/catalogue.ts';
import { isJoining } from '../plan/roles.ts';
import type { Roles } from '../store/cluster.ts';
import type { Store } from '../store/store.ts';
import type { Actions } from './actions.ts';

export interface ConversionsOptions {
  store: Store;
  plan: () => Plan;
  actions: Pick<Actions, 'perform' | 'previews'>;
}

export type Conversions = ReturnType<typeof createConversions>;

/** Changes the roles of nodes as the plan says, one node at a time; control planes are added before others leave. */
export function createConversions({ store, plan, actions }: ConversionsOptions) {
  /** Hosts whose role the plan changes. */
  function changing(): string[] {
    const roles = store.cluster.roles();
    const planned = new Set(plan().hosts.map(({ name }) => name));
    return inOrder(roles).filter((host) => planned.has(host));
  }

  const refusal = (host: string) => actions.previews(host).find(({ action }) => action === 'convert')?.refusal ?? null;

  return {
    /** Starts the next change that is possible. Called after events and periodically. */
    advance(): void {
      const roles = store.cluster.roles();
      if (Object.keys(roles).length === 0 || store.operations.open().some(({ kind }) => kind === 'convert')) return;
      const mayChange = (host: string) => roles[host]?.isHeld === false && !isJoining(store, host);
      const next = changing().find((host) => mayChange(host) && refusal(host) === null);
      if (next !== undefined) actions.perform(next, { action: 'convert' }, 'cluster.yaml', () => '');
    },
    /** Changes that wait for an operator. */
    notices(): Notice[] {
      const roles = store.cluster.roles();
      return changing().flatMap((host): Notice[] => {
        const role = roles[host]?.role;
        const why = refusal(host);
        if (role === undefined || (why === null && roles[host]?.isHeld !== true)) return [];
        if (store.operations.openOf(host)?.kind === 'convert') return [];
        const { en, zh } = roleTitle[role];
        const text = {
          en: `${host} remains a ${en}: ${why?.message.en ?? 'the change to its planned role was cancelled'}`,
          zh: `${host} 仍为${zh}：${why?.message.zh ?? '改为计划角色的操作已取消'}`,
        };
        return [{ code: 'role-not-changed', text, command: why === null ? `muster convert ${host}` : 'muster status' }];
      });
    },
  };
}

const inOrder = (roles: Roles): string[] =>
  Object.keys(roles).toSorted(
    (a, b) =>
      Number(roles[a]?.role === 'control-plane') - Number(roles[b]?.role === 'control-plane') || (a < b ? -1 : 1),
  );
