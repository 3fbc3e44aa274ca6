import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { rangeSchema } from './answers.ts';

/** What etcd holds at one revision. */
export interface Keyspace {
  keys: number;
  /** SHA-256 of every key with the revision of its last change; equal in every copy of the same data. */
  sha256: string;
}

type Range = z.infer<typeof rangeSchema>;

/** A page of keys without values stays well below the gateway's limit. */
const pageSize = 500;
/** etcd's name for "all keys from here on". */
const end = Buffer.of(0);

/** Reads all keys, page by page. etcd 3.4 offers no hash of its keyspace over HTTP. */
export async function keyspaceOf(range: (body: object) => Promise<Range>): Promise<Keyspace> {
  const hash = createHash('sha256');
  let keys = 0;
  let from: Buffer | null = end;
  while (from !== null) {
    const ask = { key: from.toString('base64'), range_end: end.toString('base64'), limit: pageSize, keys_only: true };
    const { kvs, more }: Range = await range(ask);
    for (const { key, mod_revision, version } of kvs) hash.update(`${key} ${mod_revision} ${version}\n`);
    keys += kvs.length;
    const last = kvs.at(-1);
    from = more && last !== undefined ? Buffer.concat([Buffer.from(last.key, 'base64'), end]) : null;
  }
  return { keys, sha256: hash.digest('hex') };
}
