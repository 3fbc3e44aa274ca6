import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, removeDurably, unlessMissing, writeAtomically } from '../../../shared/node/files.ts';
import { clusterSettingsSchema } from '../../../shared/plan/schema.ts';
import type { SentTarget, Target } from '../../../shared/protocol/assignment.ts';
import { signedTextSchema } from '../../../shared/protocol/signed-plan.ts';
import { otherForm, readJson } from '../answers.ts';

interface Means {
  /** null: parts are kept in memory only. */
  folder: string | null;
  /** Fetches the JSON of a part. */
  fetch(sha256: string, signal: AbortSignal): Promise<Buffer>;
}

const hashOf = (json: string | Buffer) => createHash('sha256').update(json).digest('hex');

/** Completes targets with the parts that they refer to. Each part is fetched once, validated, and kept on disk. */
export function createTargetParts({ folder, fetch }: Means) {
  let kept = new Map<string, object>();

  async function jsonOf(sha256: string, signal: AbortSignal): Promise<string> {
    const path = folder && join(folder, sha256);
    const stored = path && (await readIfThere(path));
    if (stored && hashOf(stored) === sha256) return stored;
    const fetched = await fetch(sha256, signal);
    if (hashOf(fetched) !== sha256) throw otherForm();
    // Without the copy, the part is fetched again after a restart.
    if (path) await writeAtomically(path, fetched, { mode: 0o600, folderMode: 0o700 }).catch(() => undefined);
    return fetched.toString();
  }

  async function read<T extends object>(
    schema: Parameters<typeof readJson<T>>[0],
    sha256: string,
    signal: AbortSignal,
  ): Promise<T> {
    const known = kept.get(sha256) as T | undefined;
    return known ?? readJson(schema, await jsonOf(sha256, signal));
  }

  /** Forgets the parts of earlier targets. */
  async function keepOnly(parts: Map<string, object>): Promise<void> {
    const isSame = [...parts.keys()].join() === [...kept.keys()].join();
    kept = parts;
    if (folder === null || isSame) return;
    const files = (await unlessMissing(readdir(folder))) ?? [];
    for (const name of files) if (!parts.has(name)) await removeDurably(join(folder, name)).catch(() => undefined);
  }

  /** Throws MusterError `target-part-unknown` if the target has changed since, `unexpected-answer`. */
  return async function complete(sent: SentTarget, signal: AbortSignal): Promise<Target> {
    const { assignment, signedPlanRef, ...rest } = sent;
    const parts = new Map<string, object>();
    const target: Target = { assignment: null, ...rest };
    if (assignment !== null && 'settingsRef' in assignment) {
      const { settingsRef, ...own } = assignment;
      target.assignment = { ...own, settings: await read(clusterSettingsSchema, settingsRef, signal) };
      parts.set(settingsRef, target.assignment.settings);
    } else target.assignment = assignment;
    if (signedPlanRef !== undefined) {
      target.signedPlan = await read(signedTextSchema, signedPlanRef, signal);
      parts.set(signedPlanRef, target.signedPlan);
    }
    await keepOnly(parts);
    return target;
  };
}
