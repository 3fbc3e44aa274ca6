import { afterEach, beforeEach, expect, it } from 'vitest';
import { backupName, madeAt, openShelf, sealedSuffix } from '../../../../coordinator/upkeep/backup/shelf.ts';
import { removeFolder, tempFolder } from '../../support.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => removeFolder(folder));

const at = new Date('2026-03-04T12:00:05.678Z');
const name = (seconds: number) => backupName('demo', new Date(at.getTime() + seconds * 1000));

it('a backup’s name contains its time, to the second', () => {
  expect(name(0)).toBe('muster-demo-20260304T120005Z.tar.gz');
  expect(madeAt(name(0))).toBe(Date.parse('2026-03-04T12:00:05Z'));
  expect(madeAt('muster-demo.tar.gz')).toBeNull();
});

it('keeps the newest of each kind and touches no other file', async () => {
  const shelf = openShelf(folder);
  for (const seconds of [0, 1, 2]) await shelf.put(name(seconds), Buffer.from('x'));
  await shelf.put(name(1) + sealedSuffix, Buffer.from('x'));
  await shelf.put('notes.txt', Buffer.from('x'));
  await shelf.keep(2);
  expect(await shelf.names()).toEqual([name(1), name(2)]);
  expect(await shelf.names(sealedSuffix)).toEqual([name(1) + sealedSuffix]);
  await shelf.keep(0, sealedSuffix);
  expect(await shelf.names(sealedSuffix)).toEqual([]);
});
