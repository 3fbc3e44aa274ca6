import type { Plan } from '../../shared/plan/schema.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import type { Notice } from '../../shared/protocol/notice.ts';
import type { Updates } from '../../shared/protocol/updates.ts';
import { silentAfterMs } from '../../shared/status/silence.ts';
import { verbatim } from '../../shared/text/local-text.ts';
import { kept } from '../store/kept.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';
import { type UpdateHost, updateStates } from './updates.ts';

/** Presence changes with time alone; this often it is looked at again, in ms. */
const lookEveryMs = 1000;

export interface RolloutOptions {
  store: Store;
  plan: () => Plan;
  now: () => Date;
  news: News;
  /** A host's last contact, in milliseconds since the epoch. */
  lastContact: (host: string, stored: number) => number;
  /** The target version of agents; null: there is no release. */
  version: string | null;
}

export type Rollout = ReturnType<typeof createRollout>;

/** Updates agents to the coordinator's version in waves; its state is derived from the hosts' reports. */
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

  /** Whether any agent has another version; computed once per change of versions. */
  const isNeeded = kept(
    () => [store.marks.updates()],
    () => version !== null && store.hosts.all().some(({ agentVersion }) => agentVersion !== version),
  );
  const states = (all: readonly UpdateHost[]) => updateStates({ version, policy: plan().agentUpdates, hosts: all });
  /** The states as targets show them: computed once per change and second, however many hosts ask. */
  const current = kept(
    () => [store.marks.updates(), plan(), Math.floor(now().getTime() / lookEveryMs)],
    () => states(hosts()),
  );
  const failures = () => {
    if (!isNeeded()) return [];
    const all = hosts();
    const found = states(all);
    return all.filter(({ name }) => found.get(name) === 'failed');
  };

  return {
    targetFor: (host: string): Pick<Target, 'update'> =>
      version !== null && isNeeded() && current().get(host) === 'asked' ? { update: { version } } : {},

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

    /** Resumes updates. Returns the hosts whose update had failed. */
    retry(): string[] {
      const failed = failures().map(({ name }) => name);
      store.transaction(() => {
        for (const name of failed) store.observations.put(name, 'update', null, now().getTime());
        store.events.add(now().getTime(), 'updates-retried', null, {
          en:
            failed.length === 0
              ? 'agent updates resumed'
              : `agent updates resumed after failures on ${failed.join(', ')}`,
          zh: failed.length === 0 ? '已恢复代理更新' : `${failed.join('、')} 更新失败后，已恢复代理更新`,
        });
      });
      news.emit('targets');
      return failed;
    },

    notices(): Notice[] {
      return failures().map(({ name, update }) => ({
        code: 'agent-update-failed',
        text: {
          en: `${name}: agent update to ${version} failed; updates of the other hosts are stopped: ${update?.message.en ?? ''}`,
          zh: `${name}：代理更新到 ${version} 失败，其他主机的更新已停止：${update?.message.zh ?? ''}`,
        },
        command: 'muster updates --retry',
      }));
    },
  };
}
