import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  cluster,
  enrolled,
  node,
  removeFolder,
  requestsWait,
  start,
  type TestCoordinator,
  tempFolder,
} from '../support.ts';

let folder: string;
let coordinator: TestCoordinator;
let worker: Awaited<ReturnType<typeof enrolled>>;

beforeEach(async () => {
  folder = tempFolder();
  coordinator = await start({ folder });
  worker = await enrolled(coordinator, 'node02');
});
afterEach(async () => {
  await coordinator.stop();
  removeFolder(folder);
});

/** A machine with node02's credential, identified by its boot id. */
const machine = (bootId: string, machineId = 'm') => {
  const own = () => ({ ...worker.headers, 'x-muster-boot-id': bootId, 'x-muster-machine-id': machineId });
  return {
    target: (etag = '', wait = 0) =>
      coordinator.ask(`/v1/target?wait=${wait}`, { headers: { ...own(), ...(etag && { 'if-none-match': etag }) } }),
    report: () => coordinator.ask('/v1/reports', { headers: own(), body: { ...reportOf, node: node('node02') } }),
    joinCredential: () => coordinator.ask('/v1/join-credentials', { method: 'POST', headers: own() }),
  };
};
const reportOf = { host: 'node02', bootId: 'b', sentAt: new Date().toISOString(), agentVersion: '0.1.0' };
const [original, clone] = [machine('aaaa-1111'), machine('bbbb-2222')];
const host = async () =>
  (await coordinator.operator('/v1/status')).body.hosts.find(({ name }: { name: string }) => name === 'node02');
const pick = (id: string) =>
  coordinator.operator('/v1/hosts/node02/actions', { body: { action: 'pick', machine: id } });

describe('a rebooted machine', () => {
  it('is never taken for a clone', async () => {
    for (const boot of ['one', 'two', 'three', 'four']) {
      for (let request = 0; request < 3; request++) {
        expect((await machine(boot).target()).body.hold).toBeUndefined();
      }
    }
    expect((await host()).phase).toBe('enrolled');
  });
});

describe('the machine of an earlier boot', () => {
  it('has its poll answered when another boot appears, so that it can show that it still runs', async () => {
    const { headers } = await original.target();
    const waiting = requestsWait(1);
    const polling = original.target(headers.etag, 30);
    await waiting;
    await clone.target();
    expect((await polling).status).toBe(304);
    expect((await original.target()).body.hold.kind).toBe('cloned');
  });

  it('is waited for before the new boot gets a join credential', async () => {
    await original.target();
    await clone.target();
    expect(await clone.joinCredential()).toMatchObject({
      status: 503,
      body: { message: { en: expect.stringContaining('rebooted') } },
    });
  });
});

describe('a credential used with ever new boot ids', () => {
  it('costs the coordinator a bounded number of rows and writes, before and after two machines are in doubt', async () => {
    const statuses = new Set<number>();
    for (let i = 0; i < 60; i += 1) statuses.add((await machine(`boot-${i}`).target()).status);
    expect(statuses).toEqual(new Set([200, 429]));
    await machine('boot-0').target();
    for (let i = 100; i < 160; i += 1) await machine(`boot-${i}`).target();
    expect((await host()).machines.length).toBeLessThanOrEqual(41);
  });
});

describe('two machines with one credential', () => {
  beforeEach(async () => {
    for (const one of [original, clone]) expect((await one.target()).body.hold).toBeUndefined();
    await original.target();
  });

  it('are both listed, and get nothing until one is chosen', async () => {
    const master = await enrolled(coordinator, 'master01');
    await master.report({ cluster: cluster(coordinator.caPem) });
    for (const one of [original, clone]) {
      expect((await one.target()).body).toMatchObject({ hold: { kind: 'cloned' }, duties: [] });
      expect(await one.joinCredential()).toMatchObject({ status: 409, body: { code: 'two-machines' } });
      expect((await one.report()).status).toBe(409);
    }
    const { phase, machines, summary, remedy } = await host();
    expect(phase).toBe('cloned');
    expect(machines.map(({ bootId }: { bootId: string }) => bootId).sort()).toEqual(['aaaa-1111', 'bbbb-2222']);
    expect(summary.en).toContain('127.0.0.1 (boot aaaa-111)');
    expect(remedy.en).toContain('muster pick node02 --boot');
    const events = (await coordinator.operator('/v1/events')).body;
    expect(events.filter(({ kind }: { kind: string }) => kind === 'host-cloned')).toHaveLength(1);
  });

  it('are still recognised after a restart of the coordinator', async () => {
    await coordinator.stop({ keep: true });
    coordinator = await start({ folder });
    expect((await clone.target()).body.hold.kind).toBe('cloned');
  });

  it('are resolved by choosing one: it continues, the other is refused, also after a reboot', async () => {
    expect(await pick('cccc')).toMatchObject({ status: 422, body: { code: 'machine-unclear' } });
    const waiting = original.target((await original.target()).headers.etag, 30);
    expect((await pick('aaaa')).status).toBe(200);
    expect((await waiting).body.hold).toBeUndefined();
    expect((await original.report()).status).toBe(204);
    expect(await clone.target()).toMatchObject({ status: 403, body: { code: 'machine-out' } });
    expect((await original.target()).body.hold).toBeUndefined();
    expect((await machine('aaaa-after-reboot').target()).body.hold).toBeUndefined();
    expect((await host()).phase).not.toBe('cloned');
  });

  it('leave no trace once a new token has enrolled one machine', async () => {
    worker = await enrolled(coordinator, 'node02');
    expect((await machine('cccc-3333').target()).body.hold).toBeUndefined();
    expect((await host()).machines).toBeUndefined();
  });
});

it('recognises the excluded machine by its machine id after a reboot', async () => {
  const [one, other] = [machine('aaaa-1111', 'machine-one'), machine('bbbb-2222', 'machine-two')];
  for (const each of [one, other, one]) await each.target();
  await pick('machine-o');
  expect((await machine('dddd-4444', 'machine-two').target()).status).toBe(403);
  expect((await machine('eeee-5555', 'machine-one').target()).status).toBe(200);
});
