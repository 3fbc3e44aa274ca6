import { isDeepStrictEqual } from 'node:util';
import type { Plan, PlannedHost } from '../../shared/plan/schema.ts';
import type { HostStatus } from '../../shared/protocol/status.ts';
import type { LocalText } from '../../shared/text/local-text.ts';

/** The effect of a new plan on one host, or on the cluster if `host` is null. */
export interface PlanChange {
  host: string | null;
  kind: 'added' | 'removed' | 'changed' | 'settings';
  text: LocalText;
  /** Requires confirmation. */
  needsConsent: boolean;
}

/** The effects of a changed plan, host by host. `known`: the hosts' current state. Pure. */
export function planChanges(
  before: Plan,
  after: Plan,
  known: readonly Pick<HostStatus, 'name' | 'enrolledAt'>[],
): PlanChange[] {
  const was = new Map(before.hosts.map((host) => [host.name, host]));
  const will = new Map(after.hosts.map((host) => [host.name, host]));
  const enrolled = new Set(known.filter(({ enrolledAt }) => enrolledAt !== null).map(({ name }) => name));
  return [
    ...before.hosts.filter(({ name }) => !will.has(name)).map(({ name }) => removed(name, enrolled.has(name))),
    ...after.hosts.filter(({ name }) => !was.has(name)).map(({ name, role }) => added(name, role)),
    ...after.hosts.flatMap((host) => {
      const old = was.get(host.name);
      return old === undefined || isDeepStrictEqual(old, host) ? [] : [changed(old, host, enrolled.has(host.name))];
    }),
    ...settings(before, after),
  ];
}

function removed(host: string, isEnrolled: boolean): PlanChange {
  return {
    host,
    kind: 'removed',
    needsConsent: isEnrolled,
    text: isEnrolled
      ? {
          en: `enrolled host removed: it stays a node, its agent stops making changes, and other hosts drop its /etc/hosts entry. To remove it from the cluster: muster retire ${host}`,
          zh: `移除已接入的主机：它仍是节点，但其代理不再做任何更改，其他主机会删除其 /etc/hosts 条目。要将其移出集群：muster retire ${host}`,
        }
      : { en: 'not enrolled: no effect', zh: '尚未接入：没有影响' },
  };
}

function added(host: string, role: PlannedHost['role']): PlanChange {
  const create = `muster token create ${role === 'worker' ? '--workers' : host}`;
  return {
    host,
    kind: 'added',
    needsConsent: false,
    text: { en: `new host; to enrol it: ${create}`, zh: `新主机；接入命令：${create}` },
  };
}

function changed(before: PlannedHost, after: PlannedHost, isEnrolled: boolean): PlanChange {
  const keys = (['address', 'role', 'labels', 'taints'] as const).filter(
    (key) => !isDeepStrictEqual(before[key], after[key]),
  );
  const what = keys.join(', ');
  return {
    host: after.name,
    kind: 'changed',
    needsConsent: isEnrolled && keys.some((key) => key === 'address' || key === 'role'),
    text: { en: `changed: ${what}`, zh: `已更改：${what}` },
  };
}

function settings(before: Plan, after: Plan): PlanChange[] {
  const of = ({ settings: { hosts: _, ...settings }, hosts: __, ...rest }: Plan) => ({ ...settings, ...rest });
  const [was, will] = [of(before), of(after)];
  const keys = (Object.keys(will) as (keyof typeof will)[]).filter((key) => !isDeepStrictEqual(was[key], will[key]));
  if (keys.length === 0) return [];
  const what = keys.join(', ');
  const text = { en: `changed for all hosts: ${what}`, zh: `对所有主机的更改：${what}` };
  return [{ host: null, kind: 'settings', needsConsent: false, text }];
}
