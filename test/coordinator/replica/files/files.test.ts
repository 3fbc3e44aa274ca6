import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFiles, mostBytes } from '../../../../coordinator/replica/files/files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('names a file that is too large to be shared until it is smaller or gone', async () => {
  const [plan, archive] = [join(folder, 'cluster.yaml'), join(folder, 'archive.tgz')];
  const files = createFiles({ plan, planFiles: () => [plan, archive], state: join(folder, 'state') });
  const sent = async () => (await files.changed()).map(({ key }) => key[0]);
  const set = (bytes: number) => {
    writeFileSync(archive, '');
    truncateSync(archive, bytes);
  };
  set(mostBytes + 1);
  expect([await sent(), files.tooLarge()]).toEqual([[], [archive]]);
  set(10);
  expect([await sent(), files.tooLarge()]).toEqual([['plan/archive.tgz'], []]);
  set(mostBytes + 1);
  await sent();
  expect(files.tooLarge()).toEqual([archive]);
  rmSync(archive);
  expect([await sent(), files.tooLarge()]).toEqual([[], []]);
});
