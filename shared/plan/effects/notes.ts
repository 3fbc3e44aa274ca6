import type { SettingNote } from '../../protocol/setting-note.ts';
import { type LocalText, verbatim } from '../../text/local-text.ts';
import { masked, maskedOf } from '../masked.ts';
import { withoutNodePorts } from '../node-ports.ts';
import type { ClusterSettings } from '../schema.ts';
import { fieldOf, planFields } from './fields.ts';
import { sameValue } from './same-value.ts';
import { appliesTexts, applyText } from './texts.ts';

const clusterConfiguration = 'settings.kubernetes.components.clusterConfiguration';

/** What a difference in this field means, and how to end it. */
export function tellOf(path: string): { meaning: LocalText; remedy: LocalText } {
  const field = fieldOf(path);
  if (field === undefined) throw new RangeError(`no plan field covers ${path}`);
  return { meaning: appliesTexts[field.applies].meaning, remedy: applyText(field) };
}

/** A plan field whose value differs from what runs. */
export interface SettingDifference {
  path: string;
  planned: unknown;
  running: unknown;
}

/** The fields that apply only when a cluster is created, and whose planned value is not the running one. */
export function settingDifferences(planned: ClusterSettings, running: ClusterSettings): SettingDifference[] {
  return planFields
    .filter(({ applies }) => applies === 'init')
    .map(({ path }) => ({
      path,
      planned: valueAt({ settings: planned }, path),
      running: valueAt({ settings: running }, path),
    }))
    .filter((one) => !sameValue(one.planned, one.running));
}

/** The value of a field; a ClusterConfiguration without the node ports, which are a field of their own. */
export function valueAt(from: object, path: string): unknown {
  const found = path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], from);
  return path === clusterConfiguration ? withoutNodePorts(found) : found;
}

/** Planned settings that the running cluster does not have and will not get. */
export function settingNotes(planned: ClusterSettings, running: ClusterSettings): SettingNote[] {
  return settingDifferences(planned, running).map(({ path, ...values }) => ({
    field: path,
    written: fieldOf(path)?.written ?? path,
    planned: valueText(values.planned, values.running),
    actual: valueText(values.running, values.planned),
    ...tellOf(path),
  }));
}

const notSet: LocalText = { en: 'not set', zh: '未设置' };

/** A value as in cluster.yaml, without secrets; of an object only what differs from `other`. */
export function valueText(value: unknown, other: unknown): LocalText {
  if (typeof value !== 'object' || value === null) return verbatim(String(masked(value)));
  if ('host' in value && 'port' in value && !isSamePlace(value, other)) return verbatim(`${value.host}:${value.port}`);
  if ('from' in value && 'to' in value) return verbatim(`${value.from}-${value.to}`);
  const others = new Map(leavesOf(other));
  const own = leavesOf(value).filter(([path, leaf]) => !sameValue(others.get(path), leaf));
  return own.length === 0
    ? notSet
    : verbatim(own.map(([path, leaf]) => `${path}: ${textOf(maskedOf(path, leaf))}`).join(', '));
}

const isSamePlace = (value: { host: unknown; port: unknown }, other: unknown): boolean =>
  sameValue(pick(value), typeof other === 'object' && other !== null ? pick(other) : null);
const pick = ({ host, port }: { host?: unknown; port?: unknown }) => ({ host, port });

const textOf = (leaf: unknown): string => (typeof leaf === 'string' ? leaf : JSON.stringify(leaf));

function leavesOf(value: unknown, prefix = ''): [path: string, leaf: unknown][] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject) return prefix === '' ? [] : [[prefix, value]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, prefix === '' ? key : `${prefix}.${key}`));
}
