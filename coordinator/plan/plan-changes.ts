import { isDeepStrictEqual } from 'node:util';
import { fieldOf, type PlanField, planFields } from '../../shared/plan/effects/fields.ts';
import { settingNotes, valueAt, valueText } from '../../shared/plan/effects/notes.ts';
import { appliesTexts } from '../../shared/plan/effects/texts.ts';
import type { ClusterSettings, Plan, PlannedHost } from '../../shared/plan/schema.ts';
import type { HostStatus } from '../../shared/protocol/status.ts';
import { settingNoteText } from '../../shared/status/setting-note.ts';
import type { LocalText } from '../../shared/text/local-text.ts';

/** The effect of a new plan on one host, or on the cluster if `host` is null. */
export interface PlanChange {
  host: string | null;
  kind: 'added' | 'removed' | 'changed' | 'settings' | 'not-applied';
  text: LocalText;
  /** Requires confirmation. */
  needsConsent: boolean;
}

/**
 * The effects of a changed plan, host by host. `known`: the hosts' current state; `running`: the settings of the running
 * cluster, null if there is none. Pure.
 */
export function planChanges(
  before: Plan,
  after: Plan,
  known: readonly Pick<HostStatus, 'name' | 'enrolledAt'>[],
  running: ClusterSettings | null = null,
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
    ...settings(before, after, running),
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
    text:
      isEnrolled && before.role !== after.role
        ? roleText(what, after)
        : { en: `changed: ${what}`, zh: `已更改：${what}` },
  };
}

const roleText = (what: string, { name }: PlannedHost): LocalText => ({
  en: `changed: ${what}; if ${name} is a node, it is drained, reset and joins again in its new role`,
  zh: `已更改：${what}；若 ${name} 是节点，它将被腾空、重置并以新角色重新加入`,
});

/** The fields below `settings` and beside it, without the hosts. */
const clusterFields = planFields.filter(({ path }) => !path.startsWith('hosts.') && path !== 'settings.hosts');

function settings(before: Plan, after: Plan, running: ClusterSettings | null): PlanChange[] {
  const ignored = running === null ? [] : settingNotes(after.settings, running);
  const isIgnored = (path: string) => ignored.some(({ field }) => field === path);
  return [
    ...clusterFields.filter(({ path }) => !isIgnored(path)).flatMap((field) => changedField(field, before, after)),
    ...ignored.map((note): PlanChange => {
      const [what, { remedy }] = [settingNoteText(note), note];
      const text = { en: `${what.en}. To apply it: ${remedy.en}`, zh: `${what.zh}。应用方法：${remedy.zh}` };
      return { host: null, kind: 'not-applied', needsConsent: false, text };
    }),
  ];
}

function changedField({ path, written, applies }: PlanField, before: Plan, after: Plan): PlanChange[] {
  const [was, will] = [withoutOwnFields(before, path), withoutOwnFields(after, path)];
  if (isDeepStrictEqual(was, will)) return [];
  const [from, to] = [valueText(was, will), valueText(will, was)];
  // A changed init field that is not ignored is what runs, or there is no cluster yet.
  const { when, meaning } = appliesTexts[applies];
  const told = applies === 'init' ? when : meaning;
  const text = {
    en: `${written}: ${from.en} -> ${to.en}; ${told.en}`,
    zh: `${written}：${from.zh} -> ${to.zh}；${told.zh}`,
  };
  return [{ host: null, kind: 'settings', needsConsent: false, text }];
}

/** The value at a path, without fields that have an entry of their own. */
function withoutOwnFields(plan: Plan, path: string): unknown {
  const value = valueAt(plan, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => fieldOf(`${path}.${key}`)?.path === path));
}
