import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import winston from 'winston';
import { dutySilenceMs } from '../../../shared/protocol/polling.ts';
import { filesWith } from '../disk.ts';
import { cluster, enrolled, planText, start, step, type TestCoordinator } from '../support.ts';

const token = 'abcdef.0123456789abcdef';
const certificateKey = '0f'.repeat(32);
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
  (await of(agent).target()).body.duties as { id: string; type: string; host?: string; role?: string }[];

async function asked(agent: Agent | undefined, by: Agent | undefined) {
  const asking = of(agent).joinCredential(25);
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
  it('travels to the control plane that joins and stays in no file and no log', async () => {
    await seesCluster(first);
    const { asking, mint } = await asked(second, first);
    expect(mint).toMatchObject({ host: 'node01', role: 'control-plane' });
    expect(await of(first).result(mint.id, { outcome: 'done', token })).toMatchObject({
      status: 422,
      body: { code: 'duty-key-missing' },
    });
    expect((await of(first).result(mint.id, { outcome: 'done', token, certificateKey })).status).toBe(204);
    expect((await asking).body).toMatchObject({ token, certificateKey });
    expect(filesWith(coordinator.state, certificateKey)).toEqual([]);
    expect(logged).not.toContain(certificateKey);
    for (const path of ['/v1/status', '/v1/events', '/v1/audit']) {
      expect((await coordinator.operator(path)).text).not.toContain(certificateKey);
    }
  });

  it('never reaches a worker, even if a duty’s result contains one', async () => {
    await seesCluster(first);
    const { asking, mint } = await asked(worker, first);
    await of(first).result(mint.id, { outcome: 'done', token, certificateKey });
    expect((await asking).body).toEqual(expect.not.objectContaining({ certificateKey }));
  });
});

describe('the join of a control plane', () => {
  it('has ended once kubeadm has, not when its Node is Ready', async () => {
    await seesCluster(first);
    const { asking, mint } = await asked(second, first);
    await of(first).result(mint.id, { outcome: 'done', token, certificateKey });
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
    await asked(worker, second);
    expect(await dutiesOf(first)).toEqual([]);
    clock += 1000;
    expect(await dutiesOf(first)).toEqual([]);
    expect(await dutiesOf(second)).toHaveLength(1);
  });
});
