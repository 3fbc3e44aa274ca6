import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createLineReader } from '../../../agent/host/line-reader.ts';

const folder = await mkdtemp(join(tmpdir(), 'muster-lines-'));
afterAll(() => rm(folder, { recursive: true }));

describe('the line reader', () => {
  test('emits lines as they complete, and joins characters split across two chunks', async () => {
    const path = join(folder, 'log');
    const euro = Buffer.from('€');
    await writeFile(path, Buffer.concat([Buffer.from('one\ntw'), Buffer.from('o\r\n'), euro.subarray(0, 1)]));
    const reader = createLineReader(path);
    expect(await reader.more()).toEqual(['one', 'two']);
    await appendFile(path, Buffer.concat([euro.subarray(1), Buffer.from(' 5')]));
    expect(await reader.more()).toEqual([]);
    expect(await reader.more(true)).toEqual(['€ 5']);
    expect(await reader.more(true)).toEqual([]);
  });

  test('treats a progress bar’s carriage returns as line ends', async () => {
    const path = join(folder, 'bar');
    await writeFile(path, '10%\r20%\r30%\n');
    expect(await createLineReader(path).more(true)).toEqual(['10%', '20%', '30%']);
  });
});
