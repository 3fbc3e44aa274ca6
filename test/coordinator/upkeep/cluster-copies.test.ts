import { hash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createNews } from '../../../coordinator/store/news.ts';
import { createClusterCopies } from '../../../coordinator/upkeep/cluster-copies.ts';
import { createRecoveryKey, encrypt } from '../../../shared/node/age.ts';
import type { Plan } from '../../../shared/plan/schema.ts';
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
});
