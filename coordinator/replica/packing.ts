import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { type Change, changeSchema } from '../store/replicated.ts';

/** Characters of JSON in one object; the API server takes 1.5 MiB. */
const mostText = 600_000;
/** Limit of what is unpacked, in bytes. */
const mostUnpacked = 64 * 1024 ** 2;

const changesSchema = z.array(changeSchema);

/** Compressed, in base64. */
export const pack = (changes: readonly Change[]): string =>
  gzipSync(JSON.stringify(changes), { level: 3 }).toString('base64');

export const unpack = (data: string): Change[] =>
  changesSchema.parse(
    JSON.parse(gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: mostUnpacked }).toString()),
  );

/** Changes in groups that fit into one object each; at least one group. */
export function inParts(changes: readonly Change[]): Change[][] {
  const parts: Change[][] = [[]];
  let size = 0;
  for (const change of changes) {
    const length = JSON.stringify(change).length;
    if (size > 0 && size + length > mostText) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(change);
    size += length;
  }
  return parts;
}
