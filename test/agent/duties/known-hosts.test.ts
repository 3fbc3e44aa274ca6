import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openKnownHosts } from '../../../agent/duties/known-hosts.ts';
import { removeFolder, tempFolder } from '../../coordinator/support.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => removeFolder(folder));

it('remembers hosts of earlier plans, also after a restart of the agent', async () => {
  const path = join(folder, 'known-hosts.json');
  const known = await openKnownHosts(path);
  expect(known.has('node01')).toBe(false);
  known.note(['node01', 'node02']);
  known.note(['node02']);
  await known.settled();
  const again = await openKnownHosts(path);
  expect([again.has('node01'), again.has('node02'), again.has('stranger')]).toEqual([true, true, false]);
});
