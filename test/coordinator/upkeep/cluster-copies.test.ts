import { hash } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createNews } from '../../../coordinator/store/news.ts';
import { createClusterCopies } from '../../../coordinator/upkeep/cluster-copies.ts';
import { createRecoveryKey, encrypt } from '../../../shared/node/age.ts';
import type { Plan } from '../../../shared/plan/schema.ts';
import { mostClusterCopyBytes } from '../../../shared/protocol/safekeeping.ts';
import { tempFolder } from '../support.ts';

const name = 'cluster-20261130T010000Z.tar.gz.age';
const plan = {
  hosts: [
    { name: 'master01', role: 'control-plane' },
    { name: 'node01', role: 'worker' },
  ],
  backup: { everyMs: 1, keep: 7, copies: ['node01'] },
} as unknown as Plan;
const { publicKey } = await createRecoveryKey();
const sealed = await encrypt(new Blob(['snapshot']).stream(), { recoveryKey: publicKey });
const bytes = new Uint8Array(await new Response(sealed).arrayBuffer());

let state: string;
beforeEach(() => {
  state = tempFolder();
});
afterEach(() => rm(state, { recursive: true }));

const copies = () => createClusterCopies({ state, plan: () => plan, news: createNews() });
const stored = () => (existsSync(join(state, 'cluster-backups')) ? readdirSync(join(state, 'cluster-backups')) : []);
async function* of(...chunks: Uint8Array[]) {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

it('offers what a control plane has encrypted to the hosts that keep copies, also after a restart', async () => {
  const first = copies();
  await first.receive('master01', name, of(bytes));
  const offered = { clusterCopy: { name, sha256: hash('sha256', bytes), keep: 7 } };
  expect(first.targetFor('node01')).toEqual(offered);
  expect(first.targetFor('master01')).toEqual({});
  expect(first.pathFor('node01', name)).not.toBeNull();
  expect(first.pathFor('master01', name)).toBeNull();
  const next = copies();
  await next.open();
  expect(next.targetFor('node01')).toEqual(offered);
});

it.each([
  ['a worker', 'node01', name, bytes],
  ['another name', 'master01', '../muster.db', bytes],
  ['content that is not encrypted', 'master01', name, Buffer.from('plain')],
])('refuses %s', async (_, host, given, content) => {
  await expect(copies().receive(host, given, of(content))).rejects.toMatchObject({ code: 'copy-unknown' });
  expect(stored()).toEqual([]);
});

it('receives one at a time, in pieces of any size', async () => {
  const first = copies();
  const waits = Promise.withResolvers<void>();
  async function* slowly() {
    for (const byte of bytes.subarray(0, 120)) yield Buffer.from([byte]);
    await waits.promise;
    yield Buffer.from(bytes.subarray(120));
  }
  const receiving = first.receive('master01', name, slowly());
  await expect(first.receive('master01', name, of(bytes))).rejects.toMatchObject({ code: 'copy-in-progress' });
  waits.resolve();
  await receiving;
  expect(first.targetFor('node01').clusterCopy?.sha256).toBe(hash('sha256', bytes));
});

it('keeps nothing of one that breaks off or is too large, and offers the earlier one', async () => {
  const first = copies();
  await first.receive('master01', name, of(bytes));
  const later = name.replace('T01', 'T02');
  async function* broken() {
    yield Buffer.from(bytes);
    throw new Error('aborted');
  }
  async function* endless() {
    yield Buffer.from(bytes);
    for (;;) yield Buffer.alloc(mostClusterCopyBytes / 8);
  }
  await expect(first.receive('master01', later, broken())).rejects.toThrow();
  await expect(first.receive('master01', later, endless())).rejects.toMatchObject({ code: 'cluster-backup-too-large' });
  expect(stored()).toEqual([name]);
  expect(first.targetFor('node01').clusterCopy?.name).toBe(name);
});

it('removes what an earlier process received in part', async () => {
  await copies().receive('master01', name, of(bytes));
  writeFileSync(join(state, 'cluster-backups', `.${name}.0123.partial`), 'cut short');
  await copies().open();
  expect(stored()).toEqual([name]);
});
