import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import winston from 'winston';
import { createRecoveryKey } from '../../../shared/node/age.ts';
import { openText, sealText } from '../../../shared/node/sealed-text.ts';
import { dutySilenceMs } from '../../../shared/protocol/polling.ts';
import { filesWith } from '../disk.ts';
import { cluster, enrolled, planText, start, step, type TestCoordinator } from '../support.ts';

const token = 'abcdef.0123456789abcdef';
const certificateKey = '0f'.repeat(32);
const identity = await createRecoveryKey();
let clock = 0;
let logged = '';
let coordinator: TestCoordinator;
let [first, second, worker]: Awaited<ReturnType<typeof enrolled>>[] = [];

const stream = new Writable({
  write(chunk, _, done) {
    logged += String(chunk);
    done();
  },
});
const log = winston.createLogger({ level: 'debug', transports: [new winston.transports.Stream({ stream })] });

/** master01 and node01 are control planes. */
beforeEach(async () => {
  clock = Date.now();
  logged = '';
  const plan = planText().replace('role: worker, labels', 'role: control-plane, labels');
  coordinator = await start({ planText: plan, now: () => new Date(clock), log });
  [first, second, worker] = await Promise.all(
    (['master01', 'node01', 'node02'] as const).map((name) => enrolled(coordinator, name)),
  );
});
afterEach(() => coordinator.stop());

type Agent = Awaited<ReturnType<typeof enrolled>>;
const of = (agent: Agent | undefined): Agent => {
  if (agent === undefined) throw new Error('not enrolled');
  return agent;
};
const dutiesOf = async (agent: Agent | undefined) =>
  (await of(agent).target()).body.duties as {
    id: string;
    type: string;
    host?: string;
    role?: string;
    recipient?: string;
  }[];
const sealed = async (recipient = '') => (await sealText(certificateKey, recipient)).toString('base64');

async function asked(agent: Agent | undefined, by: Agent | undefined, recipient?: string) {
  const asking = of(agent).joinCredential(25, recipient);
  for (let turn = 0; turn < 100; turn++) {
    const mint = (await dutiesOf(by)).find(({ type }) => type === 'mint-join-credential');
    if (mint !== undefined) return { asking, mint };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('no duty');
}

const nodes = ['master01', 'node01'].map((name) => ({ name, ready: true, version: 'v1.23.0' }));
const seesCluster = (agent: Agent | undefined) =>
  of(agent).report({ cluster: cluster(coordinator.caPem, { nodes, observedAt: new Date(clock).toISOString() }) });

describe('the certificate key', () => {
  it('can be opened by the control plane that joins only; nothing of the credential is in a file or log', async () => {
    await seesCluster(first);
    const { asking, mint } = await asked(second, first, identity.publicKey);
    expect(mint).toMatchObject({ host: 'node01', role: 'control-plane', recipient: identity.publicKey });
    expect(await of(first).result(mint.id, { outcome: 'done', token })).toMatchObject({
      status: 422,
      body: { code: 'duty-key-missing' },
    });
    const sealedKey = await sealed(mint.recipient);
    expect((await of(first).result(mint.id, { outcome: 'done', token, sealedKey })).status).toBe(204);
    const { body } = await asking;
    expect(body).toMatchObject({ token, sealedKey });
    expect(await openText(Buffer.from(body.sealedKey, 'base64'), identity.secret)).toBe(certificateKey);
    const backup = await coordinator.operator('/v1/backups', { method: 'POST' });
    expect([backup.status, backup.text.length > 1000]).toEqual([200, true]);
    for (const secret of [sealedKey, token.slice(7)]) {
      expect(filesWith(coordinator.state, secret)).toEqual([]);
      expect(logged).not.toContain(secret);
      for (const path of ['/v1/status', '/v1/events', '/v1/audit', '/v1/hosts/node01']) {
        expect((await coordinator.operator(path)).text).not.toContain(secret);
      }
    }
  });

  it('is minted again for a host that asks with another identity, as after a restart of its agent', async () => {
    await seesCluster(first);
    const { asking: before, mint } = await asked(second, first, identity.publicKey);
    const next = await createRecoveryKey();
    const asking = of(second).joinCredential(25, next.publicKey);
    await expect.poll(async () => (await dutiesOf(first)).map(({ recipient }) => recipient)).toEqual([next.publicKey]);
    const late = await of(first).result(mint.id, { outcome: 'done', token, sealedKey: await sealed(mint.recipient) });
    expect(late).toMatchObject({ status: 404, body: { code: 'duty-unknown' } });
    const [again] = await dutiesOf(first);
    const sealedKey = await sealed(again?.recipient);
    await of(first).result(again?.id ?? '', { outcome: 'done', token, sealedKey });
    expect((await asking).body.sealedKey).toBe(sealedKey);
    expect((await before).status).toBe(503);
  });

  it('is not minted for a control plane that names no recipient', async () => {
    await seesCluster(first);
    expect(await of(second).joinCredential(0)).toMatchObject({ status: 422, body: { code: 'recipient-missing' } });
  });

  it('never reaches a worker, even if a duty’s result contains one', async () => {
    await seesCluster(first);
    const { asking, mint } = await asked(worker, first);
    await of(first).result(mint.id, { outcome: 'done', token, sealedKey: await sealed(identity.publicKey) });
    expect((await asking).body.sealedKey).toBeUndefined();
  });
});

describe('the join of a control plane', () => {
  it('has ended once kubeadm has, not when its Node is Ready', async () => {
    await seesCluster(first);
    const { asking, mint } = await asked(second, first, identity.publicKey);
    await of(first).result(mint.id, { outcome: 'done', token, sealedKey: await sealed(mint.recipient) });
    await asking;
    clock += 1000;
    await of(second).report({ steps: [step('kubeadm-join', 'applying')] });
    await seesCluster(first);
    expect((await dutiesOf(first)).map(({ id }) => id)).toEqual(['approve-abcdef']);
    clock += 1000;
    await of(second).report({ steps: [step('kubeadm-join', 'done')] });
    expect(await dutiesOf(first)).toEqual([
      { id: 'delete-abcdef', type: 'delete-join-credential', tokenId: 'abcdef', endedFor: 'node01' },
    ]);
  });
});

describe('the duties', () => {
  beforeEach(async () => {
    await seesCluster(first);
    await seesCluster(second);
  });

  it('pass to another control plane within seconds, also those that the silent one had begun', async () => {
    const { asking, mint } = await asked(worker, first);
    expect(await dutiesOf(second)).toEqual([]);
    clock += dutySilenceMs + 1;
    expect((await dutiesOf(second)).map(({ id }) => id)).toEqual([mint.id]);
    const late = await of(first).result(mint.id, { outcome: 'done', token: 'stale0.0123456789abcdef' });
    expect(late).toMatchObject({ status: 404, body: { code: 'duty-unknown' } });
    await of(second).result(mint.id, { outcome: 'done', token });
    expect((await asking).body.token).toBe(token);
  });

  it('stay with that one when the former is heard again', async () => {
    clock += dutySilenceMs + 1;
    await dutiesOf(second);
    const { asking, mint } = await asked(worker, second);
    expect(await dutiesOf(first)).toEqual([]);
    clock += 1000;
    expect(await dutiesOf(first)).toEqual([]);
    expect(await dutiesOf(second)).toHaveLength(1);
    await of(second).result(mint.id, { outcome: 'done', token });
    await asking;
  });
});
