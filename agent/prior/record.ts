import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { MusterError } from '../../shared/errors/errors.ts';
import { reasonOf } from '../../shared/errors/reason.ts';
import { parseJson } from '../../shared/json.ts';

import { removeDurably, unlessMissing, writeAtomically } from '../../shared/node/files.ts';
import type { AgentPaths } from '../paths.ts';

/** State of a path: `absent`, `link:TARGET` or `file:SHA-256`. */
export type Fingerprint = string;

export const fileStateSchema = z.discriminatedUnion('state', [
  /** `made`: the topmost folder created for it; null: all existed. */
  z.object({ state: z.literal('absent'), made: z.string().nullable() }),
  z.object({ state: z.literal('link'), target: z.string() }),
  z.object({ state: z.literal('file'), mode: z.number(), uid: z.number(), gid: z.number(), base64: z.string() }),
]);

const fileSchema = z.object({
  kind: z.literal('file'),
  path: z.string(),
  was: fileStateSchema,
  /** Fingerprints written by muster, newest last; recorded before the write. */
  wrote: z.array(z.string()),
  /** muster has overwritten a change by someone else; restoring the prior state would lose it. */
  foreign: z.boolean(),
});
export type FileRecord = z.infer<typeof fileSchema>;

const thingSchemas = [
  /** `enabled`: systemd's UnitFileState; '': no such unit. */
  z.object({
    kind: z.literal('unit'),
    name: z.string(),
    was: z.object({ enabled: z.string(), active: z.boolean() }),
  }),
  /** The effective value; null: the kernel has no such key. */
  z.object({ kind: z.literal('sysctl'), name: z.string(), was: z.string().nullable() }),
  z.object({ kind: z.literal('module'), name: z.string(), was: z.object({ loaded: z.boolean() }) }),
  z.object({ kind: z.literal('hold'), name: z.string(), was: z.object({ held: z.boolean() }) }),
  /** All paths below the folder; null: it did not exist. */
  z.object({ kind: z.literal('folder'), name: z.string(), was: z.array(z.string()).nullable() }),
  z.object({
    kind: z.literal('swap'),
    name: z.literal('devices'),
    was: z.array(z.object({ device: z.string(), priority: z.number() })),
  }),
  z.object({ kind: z.literal('host-name'), name: z.literal('kernel'), was: z.string() }),
  /** Content of /sys/fs/selinux/enforce; null: the kernel has no SELinux. */
  z.object({ kind: z.literal('selinux'), name: z.literal('enforce'), was: z.string().nullable() }),
] as const;
const thingSchema = z.discriminatedUnion('kind', thingSchemas);
export type ThingRecord = z.infer<typeof thingSchema>;

/** A host setting that is not a file. */
export type Thing = { [Kind in ThingRecord['kind']]: { kind: Kind; name: Of<Kind>['name'] } }[ThingRecord['kind']];
export type Of<Kind extends ThingRecord['kind']> = Extract<ThingRecord, { kind: Kind }>;

const recordSchema = z.discriminatedUnion('kind', [fileSchema, ...thingSchemas]);
export type PriorRecord = z.infer<typeof recordSchema>;

/** One file per record: each is either complete or absent, and is deleted once restored. */
export function recordPath(paths: AgentPaths, key: { path: string } | Thing): string {
  const name = 'path' in key ? encodeURIComponent(key.path) : `${key.kind}:${encodeURIComponent(key.name)}`;
  return join(paths.prior, `${name}.json`);
}

const keyOf = (record: PriorRecord) => (record.kind === 'file' ? { path: record.path } : record);

export async function saveRecord(paths: AgentPaths, record: PriorRecord): Promise<void> {
  const path = recordPath(paths, keyOf(record));
  await writeAtomically(path, JSON.stringify(record), { mode: 0o600, folderMode: 0o700 });
}

export async function dropRecord(paths: AgentPaths, record: PriorRecord): Promise<void> {
  await removeDurably(recordPath(paths, keyOf(record)));
}

/** null: nothing was recorded. Throws MusterError `prior-unreadable`. */
export async function readRecord(path: string): Promise<PriorRecord | null> {
  const text = await unlessMissing(readFile(path, 'utf8'));
  if (text === null) return null;
  try {
    return parseJson(recordSchema, text);
  } catch (cause) {
    throw new MusterError('prior-unreadable', { path, reason: reasonOf(cause) }, { cause });
  }
}

/** All records of this host. Throws MusterError `prior-unreadable`. */
export async function readRecords(paths: AgentPaths): Promise<PriorRecord[]> {
  const names = ((await unlessMissing(readdir(paths.prior))) ?? []).filter((name) => name.endsWith('.json'));
  const records = await Promise.all(names.sort().map((name) => readRecord(join(paths.prior, name))));
  return records.filter((record) => record !== null);
}

/** Changed files and units, derived from the records' file names alone. */
export function recordedNames(names: readonly string[]): { paths: string[]; units: string[] } {
  const keys = names.flatMap((name) => (name.endsWith('.json') ? [decodeURIComponent(name.slice(0, -5))] : []));
  return {
    paths: keys.filter((key) => key.startsWith('/')),
    units: keys.flatMap((key) => (key.startsWith('unit:') ? [key.slice('unit:'.length)] : [])),
  };
}
