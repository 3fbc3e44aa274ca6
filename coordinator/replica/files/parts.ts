import { hash } from 'node:crypto';
import { MusterError } from '../../../shared/errors/errors.ts';
import type { Change } from '../../store/replicated.ts';

/** Bytes in one part; in base64 it fits into one object. */
const partBytes = 400_000;
const [headers, parts] = ['large-files', 'file-parts'] as const;

export const isPart = ({ table }: Change): boolean => table === parts;
export const isHeader = ({ table }: Change): boolean => table === headers;

/** A file that does not fit into one object: its parts, then the header that names them. */
export function inFileParts(name: string, content: Buffer): Change[] {
  const sha256 = hash('sha256', content);
  const count = Math.ceil(content.length / partBytes);
  const pieces = Array.from({ length: count }, (_, index) => {
    const piece = content.subarray(index * partBytes, (index + 1) * partBytes);
    return { table: parts, key: [name, sha256, String(index)], row: { content: piece.toString('base64') } };
  });
  return [...pieces, { table: headers, key: [name], row: { sha256, parts: count } }];
}

/** The hash that a header names. */
export const namedSha256 = ({ row }: Change): string => String(row?.sha256 ?? '');

/** Puts files together from parts that arrive one after the other. */
export function createAssembly() {
  const pieces = new Map<string, Buffer>();
  const idOf = (name: string, sha256: string, index: number | string) => JSON.stringify([name, sha256, String(index)]);

  return {
    take({ key: [name = '', sha256 = '', index = ''], row }: Change): void {
      pieces.set(idOf(name, sha256, index), Buffer.from(String(row?.content ?? ''), 'base64'));
    },
    /** The file of a header; its parts are forgotten. Throws MusterError `shared-file-incomplete`. */
    complete(header: Change): Buffer {
      const [name = ''] = header.key;
      const sha256 = namedSha256(header);
      const indexes = Array.from({ length: Number(header.row?.parts ?? 0) }, (_, index) => index);
      const content = Buffer.concat(indexes.flatMap((index) => pieces.get(idOf(name, sha256, index)) ?? []));
      if (hash('sha256', content) !== sha256) throw new MusterError('shared-file-incomplete', { name });
      for (const index of indexes) pieces.delete(idOf(name, sha256, index));
      return content;
    },
  };
}
