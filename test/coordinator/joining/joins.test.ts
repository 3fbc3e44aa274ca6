import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { targetSchema } from '../../../shared/protocol/assignment.ts';
import { filesWith } from '../disk.ts';
import { cluster, enrolled, node, start, type TestCoordinator } from '../support.ts';

const token = 'abcdef.0123456789abcdef';
let coordinator: TestCoordinator;
let master: Awaited<ReturnType<typeof enrolled>>;
let worker: Awaited<ReturnType<typeof enrolled>>;
beforeEach(async () => {
  coordinator = await start();
  master = await enrolled(coordinator, 'master01');
  worker = await enrolled(coordinator, 'node02');
});
afterEach(() => coordinator.stop());

type Duties = { id: string; type: string; host?: string; tokenId?: string }[];

/** Polls as the control plane's agent does until its duties are as expected. */
async function duties(wanted: (duties: Duties) => boolean): Promise<Duties> {
  let etag = '';
  for (let turn = 0; turn < 10; turn++) {
    const answer = await master.target({ etag, wait: 2 });
    if (answer.status === 200 && wanted(answer.body.duties)) return answer.body.duties;
    etag = answer.headers.etag ?? '';
  }
  throw new Error('the duties did not come');
}
const types = (all: Duties) => all.map(({ type }) => type);
const clusterUp = () => master.report({ cluster: cluster(coordinator.caPem) });

describe('a join', () => {
  it('runs from the worker’s request through the control plane’s duties to the deleted credential', async () => {
    await clusterUp();
    const asking = worker.joinCredential(25);
    const [mint] = await duties((all) => all.length === 1);
    expect(mint).toMatchObject({ type: 'mint-join-credential', host: 'node02', ttlSeconds: 900 });
    expect((await master.result(mint?.id ?? '', { outcome: 'done', token })).status).toBe(204);

    const answer = await asking;
    expect(answer).toMatchObject({ status: 200, body: { token, caPem: coordinator.caPem } });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(filesWith(coordinator.state, '0123456789abcdef')).toEqual([]);
    expect(filesWith(coordinator.state, 'abcdef')).not.toEqual([]);

    const [approve] = await duties((all) => types(all).includes('approve-certificate'));
    expect(approve).toMatchObject({ host: 'node02', tokenId: 'abcdef' });
    await master.result(approve?.id ?? '', { outcome: 'done' });
    expect((await master.target()).body.duties).toEqual([]);

    await worker.report({ node: node('node02') });
    const [remove] = await duties((all) => all.length === 1);
    expect(remove).toMatchObject({ type: 'delete-join-credential', tokenId: 'abcdef' });
    await master.result(remove?.id ?? '', { outcome: 'done' });
    expect((await master.target()).body.duties).toEqual([]);
  });

  it('waits for the cluster, with 503 and Retry-After', async () => {
    const answer = await worker.joinCredential(0);
    expect(answer).toMatchObject({
      status: 503,
      body: { code: 'join-not-yet', message: { en: expect.stringContaining('master01') } },
    });
    expect(answer.headers['retry-after']).toBe('1');
    await master.report({ cluster: cluster(coordinator.caPem, { joinable: false }) });
    expect((await worker.joinCredential(0)).status).toBe(503);
    expect((await master.target()).body.duties).toEqual([]);

    const asking = worker.joinCredential(25);
    await clusterUp();
    const [mint] = await duties((all) => all.length === 1);
    await master.result(mint?.id ?? '', { outcome: 'done', token });
    expect((await asking).body.token).toBe(token);
  });

  it('keeps a credential minted while its host was away for the next request of that host only', async () => {
    await clusterUp();
    expect((await worker.joinCredential(0)).status).toBe(503);
    const [mint] = await duties((all) => all.length === 1);
    await master.result(mint?.id ?? '', { outcome: 'done', token });
    const other = await enrolled(coordinator, 'node01');
    expect((await other.joinCredential(0)).status).toBe(503);
    expect((await worker.joinCredential(0)).body.token).toBe(token);
  });

  it('mints a new credential for a host that asks again, and deletes the old one', async () => {
    await clusterUp();
    for (const one of [token, 'ghijkl.0123456789abcdef']) {
      const asking = worker.joinCredential(25);
      const mint = (await duties((all) => types(all).includes('mint-join-credential'))).find(({ type }) =>
        type.startsWith('mint'),
      );
      await master.result(mint?.id ?? '', { outcome: 'done', token: one });
      expect((await asking).body.token).toBe(one);
    }
    const standing = await duties((all) => all.length === 2);
    expect(standing.map(({ id }) => id)).toEqual(['delete-abcdef', 'approve-ghijkl']);
  });

  it('is begun only so often by one worker: each time is an event, and work for the control plane', async () => {
    await clusterUp();
    const statuses: number[] = [];
    for (let turn = 0; turn < 22; turn++) {
      // Names of recipients start nothing new.
      const recipients = ['q', 'p'].map((character) => `age1${character.repeat(58)}`);
      const asking = worker.joinCredential(25, recipients[turn % 2]);
      if (turn < 20) {
        const mint = (await duties((all) => types(all).some((type) => type.startsWith('mint')))).find(({ type }) =>
          type.startsWith('mint'),
        );
        await worker.joinCredential(0, recipients[(turn + 1) % 2]);
        const own = `${String(turn).padStart(6, 'a')}.0123456789abcdef`;
        expect((await master.result(mint?.id ?? '', { outcome: 'done', token: own })).status).toBe(204);
      }
      statuses.push((await asking).status);
    }
    expect(statuses).toEqual([...Array(20).fill(200), 429, 429]);
  });

  it('reports to the host when the control plane cannot mint one', async () => {
    await clusterUp();
    const asking = worker.joinCredential(25);
    const [mint] = await duties((all) => all.length === 1);
    await master.result(mint?.id ?? '', { outcome: 'failed', message: 'the API server does not answer' });
    const answer = await asking;
    expect(answer).toMatchObject({
      status: 503,
      body: { code: 'mint-failed', message: { en: expect.stringContaining('API server') } },
    });
    expect(answer.headers['retry-after']).toBe('5');
  });

  it('gets the CA without the text that a control plane reports beside it, which agents refuse', async () => {
    const beside = { ...cluster(coordinator.caPem), caPem: `# Our CA\n${coordinator.caPem}subject=CN = x\n` };
    expect((await master.report({ cluster: beside })).status).toBe(204);
    const { body } = await worker.target();
    expect(targetSchema.parse(body).assignment?.cluster?.caPem).toBe(coordinator.caPem);
  });

  it('is refused for hosts that do not join', async () => {
    await clusterUp();
    expect(await master.joinCredential(0)).toMatchObject({ status: 409, body: { code: 'nothing-to-join' } });
  });
});

describe('POST /v1/duties/ID', () => {
  it('accepts results only from the control plane that has the duty', async () => {
    await clusterUp();
    const asking = worker.joinCredential(3);
    const [mint] = await duties((all) => all.length === 1);
    const id = mint?.id ?? '';
    const unknown = { status: 404, body: { code: 'duty-unknown' } };
    expect(await worker.result(id, { outcome: 'done', token })).toMatchObject(unknown);
    expect(await master.result('mint-other', { outcome: 'done', token })).toMatchObject(unknown);
    expect((await master.result(id, { outcome: 'done', token: 'short' })).status).toBe(422);
    expect(await master.result(id, { outcome: 'done' })).toMatchObject({
      status: 422,
      body: { code: 'duty-token-missing' },
    });
    expect((await master.result(id, { outcome: 'done', token })).status).toBe(204);
    expect(await master.result(id, { outcome: 'done', token })).toMatchObject(unknown);
    expect((await asking).status).toBe(200);
  });

  it('records a failure once while it stays the same, and not without bound if it differs each time', async () => {
    await clusterUp();
    const labelled = await enrolled(coordinator, 'node01');
    await labelled.report({ node: node('node01') });
    const [label] = await duties((all) => all.length === 1);
    const fail = (message: string) => master.result(label?.id ?? '', { outcome: 'failed', message });
    const kinds = async () =>
      (await coordinator.operator('/v1/events')).body
        .map(({ kind }: { kind: string }) => kind)
        .filter((kind: string) => kind === 'duty-failed' || kind === 'events-limited');
    for (let turn = 0; turn < 5; turn++) await fail('later');
    expect(await kinds()).toEqual(['duty-failed']);
    for (let turn = 0; turn < 80; turn++) await fail(`later ${turn}`);
    expect(await kinds()).toEqual([...Array(60).fill('duty-failed'), 'events-limited']);
  });

  it('requests labels until the host’s node has them, without concurrent duplicates', async () => {
    await clusterUp();
    const labelled = await enrolled(coordinator, 'node01');
    await labelled.report({ node: node('node01') });
    const [label] = await duties((all) => all.length === 1);
    expect(label).toMatchObject({ type: 'label-node', host: 'node01' });
    await master.result(label?.id ?? '', { outcome: 'failed', message: 'later' });
    expect(types((await master.target()).body.duties)).toEqual(['label-node']);
    await master.result(label?.id ?? '', { outcome: 'done' });
    expect((await master.target()).body.duties).toEqual([]);
  });
});
