import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A value that the targets of many hosts contain, as JSON. */
export interface SharedPart {
  sha256: string;
  json: Buffer;
  /** Compressed once, outside the event loop. */
  gzipped(): Promise<Buffer>;
}

/** Parts kept with their compressed form. */
const keptParts = 8;

/** Writes, hashes and compresses each value once, however many hosts ask. */
export function createSharedParts() {
  const written = new WeakMap<object, SharedPart>();
  const newest = new Map<string, SharedPart>();

  function write(value: object): SharedPart {
    const made = partOf(Buffer.from(JSON.stringify(value)));
    // An equal value of another time is not compressed again.
    const part = newest.get(made.sha256) ?? made;
    newest.delete(part.sha256);
    newest.set(part.sha256, part);
    for (const sha256 of newest.keys()) if (newest.size > keptParts) newest.delete(sha256);
    written.set(value, part);
    return part;
  }

  return (value: object): SharedPart => written.get(value) ?? write(value);
}

function partOf(json: Buffer): SharedPart {
  let compressed: Promise<Buffer> | undefined;
  return {
    sha256: createHash('sha256').update(json).digest('hex'),
    json,
    gzipped: () => (compressed ??= promisify(gzip)(json)),
  };
}
