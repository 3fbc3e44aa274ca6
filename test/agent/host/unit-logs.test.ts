import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createUnitLogs } from '../../../agent/host/unit-logs.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-logs-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('each run has its own log, and only the newest logs are kept', async () => {
  const logs = createUnitLogs(join(folder, 'runs'));
  for (let run = 0; run < 12; run += 1) await logs.next('packages');
  await logs.next('packages-update');
  expect(await logs.newest('packages')).toBe(join(folder, 'runs', 'packages-12.log'));
  expect((await readdir(join(folder, 'runs'))).sort()).toEqual([
    'packages-10.log',
    'packages-11.log',
    'packages-12.log',
    'packages-9.log',
    'packages-update-1.log',
  ]);
});
