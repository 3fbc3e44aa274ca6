import type { Plan } from '../../shared/plan/schema.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import type { Notice } from '../../shared/protocol/notice.ts';
import type { Updates } from '../../shared/protocol/updates.ts';
import { silentAfterMs } from '../../shared/status/silence.ts';
import { verbatim } from '../../shared/text/local-text.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';
import { type UpdateHost, updateStates } from './updates.ts';

export interface RolloutOptions {
  store: Store;
  plan: () => Plan;
  now: () => Date;
  news: News;
  /** When a host was last heard of, in milliseconds since the epoch. */
  lastContact: (host: string, stored: number) => number;
  /** The version that agents are to have; null: there is no release to give them. */
  version: string | null;
}

export type Rollout = ReturnType<typeof createRollout>;

/** Brings agents to the coordinator's version, wave by wave; all of it is derived from what hosts report. */
export function createRollout({ store, plan, now, news, lastContact, version }: RolloutOptions) {
  function hosts(): UpdateHost[] {
    const updates = store.observations.ofKind('update');
    const roles = new Map(plan().hosts.map(({ name, role }) => [name, role]));
    return store.hosts.all().flatMap(({ name, agentVersion, lastContactAt }) => {
      const role = roles.get(name);
      if (role === undefined) return [];
      const present = now().getTime() - lastContact(name, lastContactAt) <= silentAfterMs;
      return [{ name, role, agentVersion, update: updates.get(name)?.value ?? null, present }];
    });
  }

  const states = (all: readonly UpdateHost[]) => updateStates({ version, policy: plan().agentUpdates, hosts: all });
  const failures = () => {
    const all = hosts();
    const found = states(all);
    return all.filter(({ name }) => found.get(name) === 'failed');
  };

  return {
    targetFor: (host: string): Pick<Target, 'update'> =>
      version !== null && states(hosts()).get(host) === 'asked' ? { update: { version } } : {},

    view(): Updates {
      const all = hosts();
      const found = states(all);
      return {
        version,
        policy: plan().agentUpdates,
        hosts: all.map(({ name, agentVersion, update }) => ({
          name,
          agentVersion,
          state: found.get(name) ?? 'current',
          message: update?.version === version ? update.message : verbatim(''),
        })),
      };
    },

    /** The operator's word to try again. Returns the hosts that had failed. */
    retry(): string[] {
      const failed = failures().map(({ name }) => name);
      store.transaction(() => {
        for (const name of failed) store.observations.put(name, 'update', null, now().getTime());
        store.events.add(now().getTime(), 'updates-retried', null, {
          en: `updates go on after ${failed.join(', ') || 'no failure'}`,
          zh: failed.length === 0 ? '升级继续进行（没有失败）' : `${failed.join('、')} 升级失败后，升级继续进行`,
        });
      });
      news.emit('targets');
      return failed;
    },

    notices(): Notice[] {
      return failures().map(({ name, update }) => ({
        code: 'agent-update-failed',
        text: {
          en: `${name}: its agent was not updated to ${version}, and no other will be: ${update?.message.en ?? ''}`,
          zh: `${name}：代理未能升级到 ${version}，其他主机的升级也已停止：${update?.message.zh ?? ''}`,
        },
        command: 'muster updates --retry',
      }));
    },
  };
}
