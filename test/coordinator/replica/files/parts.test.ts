import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createAssembly, inFileParts, isHeader, isPart } from '../../../../coordinator/replica/files/parts.ts';

const content = randomBytes(900_000);
const changes = inFileParts('plan/archive.tgz', content);
const parts = changes.filter(isPart);
const header = changes.find(isHeader);
if (header === undefined) throw new Error('no header');

it('puts a file together in any order of its parts', () => {
  const assembly = createAssembly();
  for (const part of parts.toReversed()) assembly.take(part);
  expect(assembly.complete(header).equals(content)).toBe(true);
  expect(changes.at(-1)).toBe(header);
});

it.each([
  ['without a part', parts.slice(1)],
  ['with parts of another content', inFileParts('plan/archive.tgz', randomBytes(900_000)).filter(isPart)],
  ['with parts of another file', inFileParts('plan/other.tgz', content).filter(isPart)],
])('gives nothing %s', (_, given) => {
  const assembly = createAssembly();
  for (const part of given) assembly.take(part);
  expect(() => assembly.complete(header)).toThrow(expect.objectContaining({ code: 'shared-file-incomplete' }));
});
