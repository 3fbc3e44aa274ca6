import { createHash } from 'node:crypto';
import { MusterError } from '../../shared/errors/errors.ts';
import { jsonOrUndefined } from '../../shared/json.ts';
import { verbatim } from '../../shared/text/local-text.ts';
import { chunkSchema } from './answers.ts';

/** Length of the SHA-256 that etcd appends to a snapshot. */
const sumBytes = 32;
/** Unit of the database file. */
const sectorBytes = 512;

/**
 * The snapshot in a stream of the gateway's lines: the database file followed by its SHA-256, as `etcdctl snapshot
 * restore` reads it. Throws MusterError `etcd-snapshot-damaged` at the end unless both match, so a reader must not use
 * what it got before.
 */
export async function* snapshotIn(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let size = 0;
  let tail = Buffer.alloc(0);
  for await (const line of lines) {
    const bytes = bytesIn(line);
    size += bytes.length;
    const held = Buffer.concat([tail, bytes]);
    const end = Math.max(0, held.length - sumBytes);
    hash.update(held.subarray(0, end));
    tail = held.subarray(end);
    yield bytes;
  }
  const isWhole = size > sumBytes && size % sectorBytes === sumBytes;
  if (!isWhole) throw damaged({ en: `it has ${size} bytes`, zh: `共 ${size} 字节` });
  if (!hash.digest().equals(tail)) throw damaged({ en: 'its checksum does not match', zh: '校验和不匹配' });
}

function bytesIn(line: string): Buffer {
  if (line === '') return Buffer.alloc(0);
  const parsed = chunkSchema.safeParse(jsonOrUndefined(line));
  if (!parsed.success) throw damaged({ en: 'a part of it is not a piece of a snapshot', zh: '其中一部分不是快照数据' });
  if ('error' in parsed.data) throw damaged(verbatim(parsed.data.error.message));
  return Buffer.from(parsed.data.result.blob, 'base64');
}

const damaged = (reason: { en: string; zh: string }) => new MusterError('etcd-snapshot-damaged', { reason });
