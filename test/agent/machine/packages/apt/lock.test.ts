import { describe, expect, it } from 'vitest';
import { locks, withLock } from '../../../../../agent/machine/packages/apt/lock.ts';
import { fakeHost } from '../../../fake-host.ts';

const held = { '/proc/locks': '1: POSIX  ADVISORY  WRITE 77 08:01:123 0 EOF\n', '/proc/77/comm': 'unattended-upgr\n' };
const link = { '/proc/77/fd/4': '/var/lib/apt/lists/lock' };

/** Runs a program that answers with `answers` in turn; the lock is released after `seconds`. */
async function run(seconds: number, answers: readonly string[]) {
  const host = fakeHost(seconds > 0 ? { files: held, links: link } : { files: { '/proc/locks': '' } });
  const said: string[] = [];
  const start = host.now().getTime();
  const elapsed = () => (host.now().getTime() - start) / 1000;
  let runs = 0;
  const sleep = async (ms: number) => {
    await host.sleep(ms);
    if (elapsed() >= seconds) await host.writeFile('/proc/locks', '');
  };
  const act = async () => answers[runs++] ?? '';
  const result = withLock(
    host,
    { say: (line) => said.push(line.en), sleep },
    { files: locks.indexes, run: act, textOf: String },
  );
  return { result, said, elapsed, runs: () => runs };
}

describe('while another process holds the lock', () => {
  it('the program waits, and says once for whom', async () => {
    const { result, said, elapsed, runs } = await run(90, ['done']);
    expect(await result).toBe('done');
    expect(elapsed()).toBe(90);
    expect(runs()).toBe(1);
    expect(said).toEqual(['waiting for unattended-upgr (process 77), which holds the lock of apt or dpkg']);
  });

  it('waiting ends after ten minutes with the process', async () => {
    const { result, runs } = await run(3600, ['done']);
    await expect(result).rejects.toMatchObject({
      code: 'package-lock-held',
      params: { pid: '77', name: 'unattended-upgr', minutes: 10 },
    });
    expect(runs()).toBe(0);
  });
});

it('does not wait for a lock that the program does not take', async () => {
  const host = fakeHost({ files: held, links: link });
  const means = { say: () => undefined, sleep: (ms: number) => host.sleep(ms) };
  expect(await withLock(host, means, { files: locks.packages, run: async () => 'done', textOf: String })).toBe('done');
});

it('does not wait for a unit of muster’s own, which is adopted', async () => {
  const files = { ...held, '/proc/77/cgroup': '0::/system.slice/muster-packages.service\n' };
  const host = fakeHost({ files, links: link });
  const means = { say: () => undefined, sleep: (ms: number) => host.sleep(ms) };
  expect(await withLock(host, means, { files: locks.indexes, run: async () => 'adopted', textOf: String })).toBe(
    'adopted',
  );
});

it.each([
  'E: Could not get lock /var/lib/dpkg/lock-frontend - open (11: Resource temporarily unavailable)',
  'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?',
  'E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 77 (apt-get)',
  'E: Unable to lock directory /var/lib/apt/lists/',
  'dpkg: error: dpkg frontend lock was locked by another process with pid 77',
])('a program that another was faster than runs again: %s', async (line) => {
  const { result, runs } = await run(0, [line, line, 'done']);
  expect(await result).toBe('done');
  expect(runs()).toBe(3);
});

it.each([
  'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?',
  'E: Could not open lock file /var/lib/apt/lists/lock - open (30: Read-only file system)\nE: Unable to lock directory /var/lib/apt/lists/',
])('a program that cannot write its locks is not run again: %j', async (text) => {
  const { result, runs } = await run(0, [text, 'done']);
  expect(await result).toBe(text);
  expect(runs()).toBe(1);
});
