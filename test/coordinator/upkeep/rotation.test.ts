import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bearer, enrolled, requestsWait, secret, start, type TestCoordinator } from '../support.ts';

let coordinator: TestCoordinator;
let now = Date.now();
beforeEach(async () => {
  now = Date.now();
  coordinator = await start({ now: () => new Date(now) });
});
afterEach(() => coordinator.stop());

const offer = (credential: string, credentialSha256: string) =>
  coordinator.ask('/v1/credentials', { headers: bearer(credential), body: { credentialSha256 } });
const statusOf = async (credential: string) =>
  (await coordinator.ask('/v1/target', { headers: bearer(credential) })).status;

describe('a host credential', () => {
  it('is valid until its successor has been used', async () => {
    const { credential } = await enrolled(coordinator, 'node01');
    const next = secret();
    expect((await offer(credential, next.credentialSha256)).status).toBe(204);
    expect(await statusOf(credential)).toBe(200);
    expect(await statusOf(next.credential)).toBe(200);
    expect(await statusOf(credential)).toBe(401);
    expect(await statusOf(next.credential)).toBe(200);
  });

  it('may be offered again after a lost answer, and a different one after a lost file', async () => {
    const { credential } = await enrolled(coordinator, 'node01');
    const [lost, next] = [secret(), secret()];
    for (const one of [lost, lost, next]) expect((await offer(credential, one.credentialSha256)).status).toBe(204);
    expect(await statusOf(lost.credential)).toBe(401);
    expect(await statusOf(next.credential)).toBe(200);
    expect((await offer(next.credential, next.credentialSha256)).status).toBe(204);
  });

  it('cannot be another host’s', async () => {
    const node01 = await enrolled(coordinator, 'node01');
    const node02 = await enrolled(coordinator, 'node02');
    const next = secret();
    await offer(node01.credential, next.credentialSha256);
    expect(await offer(node02.credential, next.credentialSha256)).toMatchObject({
      status: 409,
      body: { code: 'credential-taken' },
    });
  });

  it('is replaced a few times at once, and then once in ten minutes: each time is an event', async () => {
    let { credential } = await enrolled(coordinator, 'node01');
    async function replace(): Promise<number> {
      const next = secret();
      const { status } = await offer(credential, next.credentialSha256);
      if (status === 204) credential = next.credential;
      return status;
    }
    for (let turn = 0; turn < 10; turn += 1) expect([await replace(), await statusOf(credential)]).toEqual([204, 200]);
    expect([await replace(), await statusOf(credential)]).toEqual([429, 200]);
    now += 10 * 60_000;
    expect([await replace(), await replace(), await statusOf(credential)]).toEqual([204, 429, 200]);
  });

  it('is to be rotated when it is 30 days old, and not after that is done', async () => {
    const { credential, target } = await enrolled(coordinator, 'node01');
    expect((await target()).body.rotateCredential).toBeUndefined();
    now += 31 * 24 * 3600_000;
    expect((await target()).body.rotateCredential).toBe(true);
    const next = secret();
    await offer(credential, next.credentialSha256);
    const after = await coordinator.ask('/v1/target', { headers: bearer(next.credential) });
    expect(after.body.rotateCredential).toBeUndefined();
  });

  it('is to be rotated at once on the operator’s request', async () => {
    const { target } = await enrolled(coordinator, 'node01');
    const first = await target();
    const waiting = requestsWait(1);
    const open = target({ wait: 50, etag: String(first.headers.etag) });
    await waiting;
    const wanted = await coordinator.operator('/v1/rotations', { body: { host: 'node01' } });
    expect(wanted).toMatchObject({ status: 202, body: { hosts: ['node01'] } });
    expect((await open).body.rotateCredential).toBe(true);
    expect((await coordinator.operator('/v1/rotations', { body: { host: 'node09' } })).status).toBe(404);
  });
});
