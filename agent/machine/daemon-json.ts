import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import { reasonOf } from '../../shared/errors/reason.ts';
import { deepMerge } from '../../shared/kubeadm/merge.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import { type Added, type Merged, mergedList } from './merged-list.ts';

type Json = Record<string, unknown>;

/** The driver that muster configures, and docker's default. */
const ownDriver = 'json-file';

/** Whether docker can parse this daemon.json. A missing or empty file is valid. */
export function isDaemonJsonValid(text: string | null): boolean {
  try {
    parseDaemonJson(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Merges muster's settings into daemon.json. Lists are joined; options belong to their log driver, so another driver
 * stays with its own, and values of the site's own options win. `added`: list items that muster added before. Throws
 * MusterError `daemon-json-invalid` if docker could not parse the file either.
 */
export function mergeDaemonJson(current: string | null, needed: Json, added: Added = {}): Merged {
  const existing = parseDaemonJson(current);
  const { 'log-driver': driver, 'log-opts': options, ...others } = needed;
  const lists = [...new Set([...Object.keys(added), ...Object.keys(others).filter((key) => isList(others[key]))])];
  const merged: Json = { ...deepMerge(existing, others), ...loggingOf(existing, { driver, options }) };
  const next: Added = {};
  for (const key of lists) {
    const list = mergedList(itemsOf(key, existing[key]), strings(needed[key]), added[key], orderOf(key));
    if (list.items.length > 0) merged[key] = list.items;
    else delete merged[key];
    if (list.added.length > 0) next[key] = list.added;
  }
  const isSame = current !== null && !current.startsWith('\ufeff') && same(existing, merged);
  return { content: isSame ? current : `${JSON.stringify(merged, null, indentOf(current))}\n`, added: next };
}

/** Mirrors are tried in order, so the plan's come first. */
const orderOf = (key: string) => (key === 'registry-mirrors' ? 'first' : 'last');

/**
 * Without the other cgroup driver, which the kubelet does not use. docker reads the first one, without spaces and case.
 */
const itemsOf = (key: string, value: unknown) =>
  strings(value).filter((item) => key !== 'exec-opts' || !/^\s*native\.cgroupdriver\s*=/i.test(item));

function loggingOf(existing: Json, { driver, options }: { driver: unknown; options: unknown }): Json {
  const site = existing['log-opts'] ?? undefined;
  const isForeign = (existing['log-driver'] ?? ownDriver) !== ownDriver;
  if (driver === undefined || isForeign || (site !== undefined && !isObject(site))) return {};
  return { 'log-driver': driver, 'log-opts': { ...(isObject(options) ? options : {}), ...site } };
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !isList(value);
const strings = (value: unknown) =>
  isList(value) ? value.filter((item): item is string => typeof item === 'string') : [];
const same = (a: Json, b: Json) => JSON.stringify(a) === JSON.stringify(b);
const indentOf = (text: string | null) => /\{\s*?\n([ \t]+)"/.exec(text ?? '')?.[1] ?? 2;

/** Throws MusterError `daemon-json-invalid`. */
export function parseDaemonJson(text: string | null): Json {
  let value: unknown;
  try {
    value = JSON.parse(text?.trim() || '{}');
    return z.record(z.string(), z.unknown()).parse(value);
  } catch (cause) {
    const reason = reasonOf(cause, { value });
    throw new MusterError('daemon-json-invalid', { path: hostFiles.dockerDaemon, reason }, { cause });
  }
}
