import { rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { etcdManifest } from '../../../agent/etcd/pod.ts';
import { readRecovery } from '../../../agent/recovery/state.ts';
import type { FakeHost } from '../fake-host.ts';
import { backedUp, lost, manifest, order, perform } from './machine.ts';

const name = 'cluster-20261130T020000Z';
const database = '/var/lib/etcd/member/snap/db';

async function refuses(host: FakeHost, from: string): Promise<void> {
  expect(await perform(host, order({ from }))).toBe('retry');
  expect(host.calls).toEqual([]);
  expect(host.content(etcdManifest)).toBe(manifest);
  expect(await readRecovery(host)).toMatchObject({ stage: 'begun', state: 'failed' });
}

it('a damaged backup is refused before anything is stopped', async () => {
  const snapshot = await backedUp(name);
  await writeFile(snapshot, 'damaged');
  await refuses(lost(), name);
});

it('a backup of another cluster is refused before anything is stopped', async () => {
  await backedUp(name, 'another CA');
  await refuses(lost(), name);
});

it('a backup that is gone, or incomplete, is refused before anything is stopped', async () => {
  await refuses(lost(), 'cluster-20261130T000000Z');
  const snapshot = await backedUp(name);
  await rm(`${dirname(snapshot)}/manifest.json`);
  await refuses(lost(), name);
});

it('a member without data is refused before anything is stopped; a backup is restored there', async () => {
  const host = lost();
  host.files.delete(database);
  await refuses(host, 'member');
  await backedUp(name);
  expect(await perform(host, order({ id: 'r2', from: name }))).toBe('idle');
  expect(host.content(database)).toBe('new data');
});
