import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  addresses,
  bearer,
  cluster,
  enrolled,
  enrolRequest,
  removeFolder,
  requestsWait,
  start,
  tempFolder,
} from '../support.ts';

const header = 'muster-revision';
const folders: string[] = [];
const running: { stop(options?: { keep?: boolean }): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop({ keep: true });
  for (const folder of folders.splice(0)) removeFolder(folder);
});

async function coordinatorIn(folder: string) {
  const coordinator = await start({ folder });
  running.push(coordinator);
  return coordinator;
}

/** A coordinator whose database is reset to before node02 enrolled and node01's token was used. */
async function restoredFromYesterday() {
  const folder = tempFolder();
  folders.push(folder);
  const today = await coordinatorIn(folder);
  const node01 = await enrolled(today, 'node01');
  await today.stop({ keep: true });
  running.length = 0;
  const copy = join(folder, 'copy');
  mkdirSync(copy);
  copyFileSync(join(folder, 'state/muster.db'), join(copy, 'muster.db'));
  const later = await coordinatorIn(folder);
  await enrolled(later, 'node02');
  const answer = await later.ask('/v1/target', { headers: node01.headers });
  const seen = String(answer.headers[header]);
  await later.stop({ keep: true });
  running.length = 0;
  copyFileSync(join(copy, 'muster.db'), join(folder, 'state/muster.db'));
  const coordinator = await coordinatorIn(folder);
  const headers = bearer(node01.credential);
  return { coordinator, headers, seen, withSeen: { ...headers, [header]: seen } };
}

describe('a database that was restored from a copy', () => {
  it('is detected: the first agent that has seen a newer revision raises the fence', async () => {
    const { coordinator, withSeen } = await restoredFromYesterday();
    const before = await coordinator.operator('/v1/status');
    expect(before.body.notices).toEqual([]);
    const refused = await coordinator.ask('/v1/target', { headers: withSeen });
    expect(refused).toMatchObject({ status: 503, body: { code: 'coordinator-restored' } });
    expect(refused.headers['retry-after']).toBe('10');
    const { body } = await coordinator.operator('/v1/status');
    expect(body.notices).toMatchObject([{ code: 'coordinator-restored', command: 'muster recover --restored' }]);
    expect(body.notices[0].text.zh).toContain('备份');
  });

  it('mints, enrols, rotates and assigns nothing while the fence is up, and still accepts reports', async () => {
    const { coordinator, withSeen } = await restoredFromYesterday();
    const token = await coordinator.token({ host: 'node02' });
    await coordinator.ask('/v1/target', { headers: withSeen });
    const post = { method: 'POST', headers: withSeen };
    const refused = [
      await coordinator.ask('/v1/join-credentials', post),
      await coordinator.ask('/v1/credentials', { ...post, body: { credentialSha256: 'a'.repeat(64) } }),
      await coordinator.ask('/v1/duties/x', { ...post, body: { outcome: 'done' } }),
      await coordinator.ask('/v1/enrol', {
        headers: bearer(token),
        body: enrolRequest({ addresses: [addresses.node02] }),
      }),
      await coordinator.operator('/v1/tokens', { body: { workers: true } }),
    ];
    expect(refused.map(({ body }) => body.code)).toEqual(Array(5).fill('coordinator-restored'));
    const report = { host: 'node01', bootId: 'b', sentAt: new Date().toISOString(), agentVersion: '0.1.0' };
    expect((await coordinator.ask('/v1/reports', { headers: withSeen, body: report })).status).toBe(204);
  });

  it('stays fenced across a restart', async () => {
    const { coordinator, headers, withSeen } = await restoredFromYesterday();
    await coordinator.ask('/v1/target', { headers: withSeen });
    await coordinator.stop({ keep: true });
    running.length = 0;
    const again = await coordinatorIn(coordinator.folder);
    expect((await again.ask('/v1/target', { headers })).body.code).toBe('coordinator-restored');
  });

  it('shows what would be trusted again, and continues above every revision once confirmed', async () => {
    const { coordinator, seen, withSeen } = await restoredFromYesterday();
    await coordinator.token({ workers: true });
    await coordinator.ask('/v1/target', { headers: withSeen });
    const { body } = await coordinator.operator('/v1/restored');
    expect(body).toMatchObject({ seen: Number.parseInt(seen, 10), hosts: [{ name: 'node01' }] });
    expect(body.tokens.map(({ host }: { host: string | null }) => host).sort()).toEqual([null, 'node01'].sort());
    expect((await coordinator.operator('/v1/restored', { method: 'POST' })).status).toBe(204);
    const after = await coordinator.ask('/v1/target', { headers: withSeen });
    expect(after.status).toBe(200);
    expect(Number.parseInt(String(after.headers[header]), 10)).toBeGreaterThan(Number.parseInt(seen, 10) + 1000);
    expect((await coordinator.operator('/v1/restored', { method: 'POST' })).status).toBe(409);
    expect((await coordinator.operator('/v1/restored')).body).toBeNull();
  });

  it('ignores a forged revision, and refuses one sent with an unknown credential', async () => {
    const { coordinator, headers, seen } = await restoredFromYesterday();
    const seal = seen.slice(seen.indexOf('.'));
    for (const forged of [`999999${seal}`, `999999.${'A'.repeat(22)}`, 'x', '']) {
      const answer = await coordinator.ask('/v1/target', { headers: { ...headers, [header]: forged } });
      expect(answer.status, forged).toBe(200);
    }
    const stranger = { ...bearer('s'.repeat(43)), [header]: seen };
    expect((await coordinator.ask('/v1/target', { headers: stranger })).status).toBe(401);
    expect((await coordinator.ask('/v1/target', { headers })).status).toBe(200);
  });

  it('ends an open long-poll when the fence goes up', async () => {
    const { coordinator, headers, withSeen } = await restoredFromYesterday();
    const first = await coordinator.ask('/v1/target', { headers });
    const etag = String(first.headers.etag);
    const waiting = requestsWait(1);
    const open = coordinator.ask('/v1/target?wait=50', { headers: { ...headers, 'if-none-match': etag } });
    await waiting;
    await coordinator.ask('/v1/target', { headers: withSeen });
    expect((await open).body.code).toBe('coordinator-restored');
  });
});

it('raises the revision with tokens, enrolments and the cluster, but not with reports', async () => {
  const coordinator = await start();
  running.push({ stop: () => coordinator.stop() });
  const agent = await enrolled(coordinator, 'master01');
  const revision = async () => Number.parseInt(String((await agent.target()).headers[header]), 10);
  const enrolledAt = await revision();
  await agent.report({ output: [{ at: new Date().toISOString(), step: 'swap', text: 'x' }] });
  expect(await revision()).toBe(enrolledAt);
  await coordinator.token({ workers: true });
  const token = await revision();
  expect(token).toBeGreaterThan(enrolledAt);
  await agent.report({ cluster: cluster(coordinator.caPem) });
  expect(await revision()).toBeGreaterThan(token);
});
