import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../../shared/protocol/operation.ts';
import {
  allDone,
  cluster,
  enrolled,
  node,
  removeFolder,
  start,
  step,
  type TestCoordinator,
  tempFolder,
} from '../support.ts';

let folder: string;
let coordinator: TestCoordinator;
let master: Awaited<ReturnType<typeof enrolled>>;
let worker: Awaited<ReturnType<typeof enrolled>>;
let clock: number;

beforeEach(async () => {
  folder = tempFolder();
  clock = Date.now();
  await boot();
  master = await enrolled(coordinator, 'master01');
  worker = await enrolled(coordinator, 'node02');
  await seen();
  await worker.report({ node: node('node02'), steps: allDone('join') });
});
afterEach(async () => {
  await coordinator.stop();
  removeFolder(folder);
});

async function boot(): Promise<void> {
  coordinator = await start({ folder, now: () => new Date(clock) });
}
/** The coordinator stops and starts again on the same disk; agents keep their credentials. */
async function restart(): Promise<void> {
  await coordinator.stop({ keep: true });
  await boot();
}
const ask = (path: string, headers: Record<string, string>, body?: unknown) =>
  coordinator.ask(path, { headers, ...(body === undefined ? {} : { body }) });
const target = (of: typeof worker) => ask('/v1/target?wait=0', of.headers);
const result = (of: typeof worker, id: string, body: unknown) => ask(`/v1/duties/${id}`, of.headers, body);
const act = (action: string, more: object = {}, host = 'node02') =>
  coordinator.operator(`/v1/hosts/${host}/actions`, { body: { action, ...more } });
const operation = async (): Promise<Operation> => (await coordinator.operator('/v1/operations')).body[0];
const host = async (name = 'node02') =>
  (await coordinator.operator('/v1/status')).body.hosts.find((one: { name: string }) => one.name === name);
const duties = async () => (await target(master)).body.duties as { id: string; type: string; host: string }[];
const seen = (nodes = ['master01', 'node02']) =>
  master.report({
    cluster: cluster(coordinator.caPem, {
      nodes: nodes.map((name) => ({ name, ready: true, version: 'v1.23.0' })),
      observedAt: new Date(clock).toISOString(),
    }),
  });
/** The control plane's agent performs the one pending duty. */
async function dutyDone(type: string): Promise<void> {
  const [duty, ...more] = await duties();
  expect(more).toEqual([]);
  expect(duty).toMatchObject({ type, host: 'node02' });
  expect((await result(master, duty?.id ?? '', { outcome: 'done' })).status).toBe(204);
}
const states = ({ parts }: Operation) => parts.map(({ state }) => state);

describe('retire', () => {
  it('runs part after part, each once, across restarts of the coordinator', async () => {
    await act('retire');
    expect((await target(worker)).body).toMatchObject({ hold: { kind: 'leaving' } });
    for (const type of ['cordon-node', 'drain-node', 'delete-node']) {
      await restart();
      await dutyDone(type);
    }
    await restart();
    expect(await duties()).toEqual([]);
    const reset = (await target(worker)).body.leave;
    expect(reset).toMatchObject({ what: 'reset', giveUpCluster: false });
    await result(worker, reset.id, { outcome: 'failed', message: '/var/lib/kubelet/x is still mounted' });
    expect((await host()).summary.en).toContain('still mounted');
    await result(worker, reset.id, { outcome: 'done' });

    await restart();
    const uninstall = (await target(worker)).body.leave;
    expect(uninstall).toMatchObject({ what: 'uninstall' });
    expect((await result(worker, uninstall.id, { outcome: 'done' })).status).toBe(204);
    expect(await operation()).toMatchObject({ outcome: 'done', host: 'node02', by: 'root' });
    expect(states(await operation())).toEqual(['done', 'done', 'done', 'done', 'done']);
    expect((await host()).phase).toBe('retired');
    const kinds = (await coordinator.operator('/v1/events')).body.map(({ kind }: { kind: string }) => kind);
    expect(kinds.filter((kind: string) => kind === 'part-done')).toHaveLength(5);
  });

  it('refuses the host’s credential, a new token and a workers’ token until it is readmitted', async () => {
    await act('retire', { force: true });
    await dutyDone('cordon-node');
    await dutyDone('delete-node');
    for (const what of ['reset', 'uninstall']) {
      const { leave } = (await target(worker)).body;
      expect(leave.what).toBe(what);
      await result(worker, leave.id, { outcome: 'done' });
    }
    const refusal = {
      status: 410,
      body: { code: 'host-retired', remedy: { en: expect.stringContaining('muster readmit node02') } },
    };
    expect(await target(worker)).toMatchObject(refusal);
    expect(await worker.report()).toMatchObject(refusal);
    // The answer to its departure was lost: the agent reports it again.
    expect(await result(worker, 'uninstall-again', { outcome: 'done' })).toMatchObject(refusal);
    expect(await coordinator.operator('/v1/tokens', { body: { host: 'node02' } })).toMatchObject({ status: 409 });
    const workers = await coordinator.operator('/v1/tokens', { body: { workers: true } });
    expect(workers.body.hosts).toEqual(['node01']);

    const { body } = await act('readmit');
    expect(body.command).toMatch(/MUSTER_TOKEN=muster-/);
    expect((await target(worker)).status).toBe(401);
    expect((await host()).phase).toBe('planned');
    expect((await target(await enrolled(coordinator, 'node02'))).body.hold).toBeUndefined();
  });

  it('deletes the Node of a retired host again whenever it reappears', async () => {
    await act('retire', { force: true });
    await dutyDone('cordon-node');
    await dutyDone('delete-node');
    for (let part = 0; part < 2; part++) {
      await result(worker, (await target(worker)).body.leave.id, { outcome: 'done' });
    }
    await seen(['master01']);
    expect(await duties()).toEqual([]);
    await seen(['master01', 'node02']);
    expect(await duties()).toEqual([{ id: 'delete-retired-node02', type: 'delete-node', host: 'node02' }]);
  });

  it('shows the progress of the eviction, stops at its time limit, and continues without it under force', async () => {
    await act('retire', { timeoutSeconds: 30 });
    await dutyDone('cordon-node');
    const drain = (await duties())[0]?.id ?? '';
    const blocked = ['default/web-1: the disruption budget web allows none'];
    await result(master, drain, { outcome: 'progress', done: 2, total: 5, blocked });
    expect((await host()).summary.en).toContain('2 of 5 pods evicted; waiting for default/web-1');
    expect((await host()).phase).toBe('leaving');

    clock += 31_000;
    await seen();
    await expect
      .poll(async () => states(await operation()))
      .toEqual(['done', 'failed', 'pending', 'pending', 'pending']);
    expect(await host()).toMatchObject({ phase: 'failed', remedy: { en: expect.stringContaining('--force') } });
    expect(await duties()).toEqual([]);
    await act('retire', { force: true });
    expect(states(await operation())).toEqual(['done', 'skipped', 'working', 'pending', 'pending']);
    await dutyDone('delete-node');
  });

  it('under force, does not wait for a silent host, which has to leave when it is back', async () => {
    await act('retire', { force: true });
    await dutyDone('cordon-node');
    await dutyDone('delete-node');
    clock += 120_000;
    await seen(['master01']);
    await expect.poll(async () => (await operation()).outcome).toBe('done');
    expect((await host()).phase).toBe('retired');
    const { leave, hold } = (await target(worker)).body;
    expect(hold.kind).toBe('retired');
    expect(leave).toEqual({ id: 'uninstall-late-node02', what: 'uninstall', giveUpCluster: false });
    await result(worker, leave.id, { outcome: 'done' });
    expect((await target(worker)).status).toBe(410);
  });

  it('can be cancelled while the Node exists: it is uncordoned, and the host continues', async () => {
    await act('retire');
    await dutyDone('cordon-node');
    await act('cancel');
    expect(await duties()).toEqual([expect.objectContaining({ type: 'cordon-node', unschedulable: false })]);
    await dutyDone('cordon-node');
    expect(await operation()).toMatchObject({ outcome: 'cancelled' });
    expect((await target(worker)).body.hold).toBeUndefined();
    expect((await host()).phase).toBe('ready');
  });

  it('refuses the only control plane, except under force', async () => {
    expect(await act('retire', {}, 'master01')).toMatchObject({ status: 409, body: { code: 'only-control-plane' } });
    expect((await act('retire', { force: true }, 'master01')).status).toBe(200);
    expect((await target(master)).body.leave).toMatchObject({ what: 'reset', giveUpCluster: true });
  });
});

describe('pause', () => {
  it('stops changes on the host and refuses it a join credential until it is resumed', async () => {
    await act('pause', { reason: 'new memory' });
    expect((await target(worker)).body).toMatchObject({
      hold: { kind: 'paused' },
      assignment: { host: { name: 'node02' } },
    });
    expect(await host()).toMatchObject({ phase: 'paused', summary: { en: expect.stringContaining('new memory') } });
    expect(await worker.joinCredential(0)).toMatchObject({ status: 409, body: { code: 'host-held' } });
    expect(await act('pause')).toMatchObject({ status: 409, body: { code: 'paused' } });
    expect(await act('reset')).toMatchObject({ status: 409, body: { code: 'paused' } });
    await restart();
    expect((await target(worker)).body.hold.kind).toBe('paused');
    await act('resume');
    expect((await target(worker)).body.hold).toBeUndefined();
  });

  it('wakes the host’s poll', async () => {
    const { headers } = await target(worker);
    const waiting = coordinator.ask('/v1/target?wait=30', {
      headers: { ...worker.headers, 'if-none-match': headers.etag ?? '' },
    });
    await act('pause');
    expect((await waiting).body.hold.kind).toBe('paused');
  });
});

describe('reset', () => {
  it('ends once the host is a Ready node again', async () => {
    await act('reset');
    for (const type of ['cordon-node', 'drain-node', 'delete-node']) await dutyDone(type);
    await result(worker, (await target(worker)).body.leave.id, { outcome: 'done' });
    expect((await target(worker)).body.hold).toBeUndefined();
    expect(states(await operation()).at(-1)).toBe('working');
    clock += 1000;
    await worker.report({ node: null, steps: [...allDone('join').slice(0, -1), step('node-ready', 'waiting')] });
    clock += 1000;
    await worker.report({ node: node('node02'), steps: allDone('join') });
    expect(await operation()).toMatchObject({ outcome: 'done' });
  });
});

describe('replace', () => {
  it('revokes the old machine’s credential at once, and holds the new machine until the old Node is gone', async () => {
    const { body } = await act('replace');
    const token = /muster-[\w-]+/.exec(body.command)?.[0] ?? '';
    expect((await target(worker)).status).toBe(401);
    await restart();
    const fresh = await enrolled(coordinator, 'node02');
    expect(token).not.toBe('');
    expect((await target(fresh)).body.hold.kind).toBe('leaving');
    await dutyDone('delete-node');
    expect((await target(fresh)).body.hold).toBeUndefined();
    expect(states(await operation())).toEqual(['done', 'done', 'done', 'working']);
  });
});

describe('the previews', () => {
  it('describe the effect of each action, and which actions do not apply now', async () => {
    const { body } = await coordinator.operator('/v1/hosts/node02/actions');
    const byName = Object.fromEntries(body.actions.map((one: { action: string }) => [one.action, one]));
    expect(byName.retire).toMatchObject({ refusal: null, dangerous: true });
    expect(byName.retire.effects.map(({ zh }: { zh: string }) => zh).join()).toContain('驱逐');
    expect(byName.readmit.refusal).toMatchObject({ code: 'not-retired' });
    expect((await coordinator.operator('/v1/hosts/node99/actions')).status).toBe(404);
  });
});
