import { expect, test } from 'vitest';
import { storageFacts } from '../../../agent/facts/storage.ts';
import { agentPaths } from '../../../shared/paths.ts';
import { fakeHost } from '../fake-host.ts';

const having = (files: Record<string, string>, links: Record<string, string> = {}) => fakeHost({ files, links });

test('uses the longest mount point above a path, and measures the disk only on request', async () => {
  const mounts = '/dev/sda1 / ext4 rw,relatime 0 0\n/dev/sdb1 /var xfs rw,noexec 0 0\nproc /proc proc rw 0 0\n';
  const host = having({ '/proc/self/mounts': mounts, [`${agentPaths.state}/journal.json`]: '' });
  const quiet = await storageFacts(host, { measure: false });
  expect(quiet.mounts).toEqual([
    { mount: '/', type: 'ext4', options: ['rw', 'relatime'] },
    { mount: '/var', type: 'xfs', options: ['rw', 'noexec'] },
  ]);
  expect(quiet.syncMs).toBeNull();
  expect(host.written).toEqual([]);
  expect((await storageFacts(host, { measure: true })).syncMs).toBeGreaterThanOrEqual(0);
  expect([...host.files.keys()]).not.toContain(`${agentPaths.state}/disk-probe`);
  expect((await storageFacts(having({}), { measure: true })).syncMs).toBeNull();
});
