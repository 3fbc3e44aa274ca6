import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { jsonOrUndefined } from '../../shared/json.ts';
import { readIfThere } from '../../shared/node/files.ts';
import { instant, sha256Hex } from '../../shared/protocol/text.ts';

export const snapshotName = 'snapshot.db';
export const pkiName = 'pki';
export const manifestName = 'manifest.json';

const schema = z.object({
  createdAt: instant,
  /** The control plane that made it. */
  host: z.string(),
  /** etcd's image, whose tool restores it; null: an external etcd has none on this host. */
  image: z.string().nullable(),
  /** A revision that the snapshot contains, and what etcd held at it. */
  revision: z.string().regex(/^\d{1,20}$/),
  keys: z.number().int().nonnegative(),
  keysSha256: sha256Hex,
  /** Identity of etcd's data: the UID of the namespace kube-system. Absent: unknown, or made by an earlier release. */
  dataUid: z.string().optional(),
  /** SHA-256 of every other file, by its path. */
  files: z.record(z.string(), sha256Hex),
});
export type ClusterBackupManifest = z.infer<typeof schema>;
export type ClusterBackup = ClusterBackupManifest & { name: string };

/** null: there is no complete backup in this folder. */
export async function readClusterBackup(folder: string): Promise<ClusterBackupManifest | null> {
  const text = await readIfThere(join(folder, manifestName));
  return schema.safeParse(jsonOrUndefined(text ?? '')).data ?? null;
}

/** SHA-256 of every regular file below a folder except the manifest, by its path. */
export async function sumsOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sums: Record<string, string> = {};
  for (const path of paths.sort()) {
    const name = relative(folder, path);
    if (name !== manifestName) sums[name] = await sumOf(path);
  }
  return sums;
}

async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
