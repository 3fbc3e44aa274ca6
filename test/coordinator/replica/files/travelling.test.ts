import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mostBytes } from '../../../../coordinator/replica/files/files.ts';
import { is, useBench } from '../bench.ts';
import { type One, until } from '../coordinators.ts';

const bench = useBench();

test('the plan and the passwords travel; a file edited on the standby is kept aside', async () => {
  const [first, second] = await bench.two();
  expect(readFileSync(second.paths.plan, 'utf8')).toBe('cluster: demo\n');
  writeFileSync(second.paths.plan, 'edited here\n');
  writeFileSync(first.paths.plan, 'cluster: changed\n');
  writeFileSync(join(first.paths.state, 'passwords.json'), '{}');
  await first.replica.acknowledged();
  await until(() => readFileSync(second.paths.plan, 'utf8') === 'cluster: changed\n', 'the plan');
  await until(() => existsSync(join(second.paths.state, 'passwords.json')), 'the passwords');
  expect(readFileSync(`${second.paths.plan}.replaced`, 'utf8')).toBe('edited here\n');
  expect(second.state.filesWritten).toBeGreaterThan(0);
});

test('a plan that is removed beside a standby is there again after it has lost the API', async () => {
  const [, second] = await bench.two();
  rmSync(second.paths.plan);
  bench.api.control.cut.add('master02');
  await is(second, 'cut-off');
  bench.api.control.cut.clear();
  await until(() => existsSync(second.paths.plan), 'the plan');
});

describe('a large file beside the plan', () => {
  const archive = (who: One) => join(who.folder, 'archive.tgz');
  const isThere = (who: One, content: Buffer) => existsSync(archive(who)) && readFileSync(archive(who)).equals(content);
  const replaceBy = async (who: One, content: Buffer) => {
    writeFileSync(archive(who), content);
    // On a busy machine it may lose the Lease for a moment, as agents that repeat a request see it.
    await is(who, 'active');
    await who.replica.acknowledged().catch(() => is(who, 'active'));
  };

  test('travels in parts, each in an object that etcd takes, also to a coordinator that comes later', async () => {
    const [first, second] = await bench.two();
    const content = randomBytes(1_500_000);
    await replaceBy(first, content);
    await until(() => isThere(second, content), 'the archive');
    const sizes = [...bench.api.objects.values()].map((object) => JSON.stringify(object).length);
    expect(Math.max(...sizes)).toBeLessThan(1_000_000);
    const third = bench.one('master03');
    await third.start();
    await until(() => isThere(third, content), 'the archive on a new one');
    expect(existsSync(`${archive(second)}.replaced`)).toBe(false);
  });

  test('can become a small one and large again; a coordinator that takes over has the newest', async () => {
    const [first, second] = await bench.two();
    for (const size of [900_000, 10, 700_000]) {
      const content = randomBytes(size);
      await replaceBy(first, content);
      await until(() => isThere(second, content), `${size} bytes`);
    }
    const newest = readFileSync(archive(first));
    rmSync(archive(second));
    const third = bench.one('master03');
    await third.start();
    await until(() => isThere(third, newest), 'the newest');
  });

  test('is left out above the limit, and a notice names it', async () => {
    const [first] = await bench.two();
    await replaceBy(first, Buffer.alloc(mostBytes + 1));
    expect(first.standing.notices()).toMatchObject([
      { code: 'plan-file-not-shared', command: expect.stringContaining(archive(first)) },
    ]);
    await replaceBy(first, Buffer.from('small'));
    expect(first.standing.notices()).toEqual([]);
  });
});
