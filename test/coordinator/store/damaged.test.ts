import { openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../coordinator/store/store.ts';
import { removeFolder, tempFolder } from '../support.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = tempFolder();
  file = join(folder, 'muster.db');
  const store = openStore(file);
  store.transaction(() => {
    for (let index = 0; index < 2000; index += 1) store.events.add(index, 'x', null, 'x'.repeat(100));
  });
  store.close();
});
afterEach(() => removeFolder(folder));

describe('a damaged database', () => {
  it.each([
    ['not a database', () => writeFileSync(file, 'x'.repeat(10_000))],
    ['truncated', () => truncateSync(file, readFileSync(file).length / 2)],
    ['partly overwritten', () => writeSync(openSync(file, 'r+'), Buffer.alloc(50_000, 0xff), 0, 50_000, 40_000)],
  ])('that is %s: is named, with the way to restore it', (_, spoil) => {
    spoil();
    expect(() => openStore(file)).toThrow(
      expect.objectContaining({
        code: 'database-corrupt',
        remedy: expect.objectContaining({ en: expect.stringContaining('muster restore') }),
      }),
    );
  });

  it('still recovers what a power failure left in the write-ahead log', () => {
    const store = openStore(file);
    store.transaction(() => store.events.add(1, 'x', null, 'the last'));
    const [database, log] = [readFileSync(file), readFileSync(`${file}-wal`)];
    store.close();
    const other = join(folder, 'other.db');
    writeFileSync(other, database);
    writeFileSync(`${other}-wal`, log);
    const again = openStore(other);
    expect(again.events.newest(1)).toMatchObject([{ message: 'the last' }]);
    again.close();
  });
});
