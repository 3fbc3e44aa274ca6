import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnrolRequest } from '../../../shared/protocol/enrolment.ts';
import { filesWith } from '../disk.ts';
import { addresses, bearer, enrolRequest, secret, start, type TestCoordinator } from '../support.ts';

const hour = 3600_000;
let time = Date.now();
let coordinator: TestCoordinator;
beforeAll(async () => {
  coordinator = await start({ now: () => new Date(time), limits: { enrol: 1000 } });
});
afterAll(() => coordinator.stop());

const at = (offsetMs = 0) => new Date(time + offsetMs).toISOString();
const enrol = (token: string, more: Partial<EnrolRequest> = {}) =>
  coordinator.ask('/v1/enrol', { headers: bearer(token), body: enrolRequest({ now: at(), ...more }) });
const hosts = async () => {
  const { body } = await coordinator.operator('/v1/status');
  return body.hosts
    .filter((host: { enrolledAt: unknown }) => host.enrolledAt !== null)
    .map(({ name }: { name: string }) => name);
};

describe('POST /v1/enrol', () => {
  it.each<[string, number, string, (token: string) => [string, Partial<EnrolRequest>]]>([
    ['an unknown token', 401, 'token-unknown', () => ['muster-unknown', {}]],
    ['a host without the planned address', 403, 'wrong-address', (token) => [token, { addresses: ['10.9.9.9'] }]],
    ['a slow clock', 422, 'clock-off', (token) => [token, { now: at(-47_000) }]],
    ['a fast clock', 422, 'clock-off', (token) => [token, { now: at(31_000) }]],
    ['another distribution', 422, 'unsupported', (token) => [token, { os: { id: 'fedora', versionId: '41' } }]],
    ['an older release', 422, 'unsupported', (token) => [token, { os: { id: 'debian', versionId: '10' } }]],
    ['a release without a number', 422, 'unsupported', (token) => [token, { os: { id: 'debian', versionId: 'sid' } }]],
    ['another architecture', 422, 'unsupported', (token) => [token, { arch: 's390x' }]],
    ['a malformed hash', 422, 'invalid', (token) => [token, { credentialSha256: 'short' }]],
  ])('refuses %s with %i %s, and changes nothing', async (_, status, code, ask) => {
    const token = await coordinator.token({ host: 'master01' });
    const answer = await enrol(...ask(token));
    expect(answer).toMatchObject({ status, body: { code, message: { en: expect.any(String) } } });
    expect(await hosts()).toEqual([]);
  });

  it('reports the clock’s offset and how to correct it', async () => {
    const token = await coordinator.token({ host: 'master01' });
    const { body } = await enrol(token, { now: at(-47_000) });
    expect(body).toMatchObject({ code: 'clock-off', params: { by: { en: '47 s behind', zh: '慢 47 秒' } } });
    expect(body.remedy.en).toContain('timedatectl set-ntp true');
  });

  it('refuses a request without a token, one that is not JSON and one that is too large', async () => {
    const ask = (body: string, headers = bearer('muster-x')) => coordinator.ask('/v1/enrol', { body, headers });
    expect(await ask('{}', { authorization: 'Basic eDp5' })).toMatchObject({
      status: 401,
      body: { code: 'token-missing' },
    });
    expect(await ask('{"now')).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(await ask(`{"hostname":"${'x'.repeat(17_000)}"}`)).toMatchObject({
      status: 413,
      body: { code: 'too-large' },
    });
    expect(await ask('{}')).toMatchObject({
      status: 422,
      body: { message: { en: expect.stringContaining('credentialSha256') } },
    });
  });

  it('enrols a host once, and repeats the answer for the same token and credential', async () => {
    const token = await coordinator.token({ host: 'node01' });
    const { credentialSha256 } = secret();
    const ask = () => enrol(token, { credentialSha256, addresses: ['fe80::1', addresses.node01] });
    const first = await ask();
    expect(first).toMatchObject({ status: 200, body: { host: 'node01', role: 'worker', cluster: 'demo' } });
    time += 25 * hour;
    expect((await ask()).body).toEqual(first.body);
    time -= 25 * hour;
    const other = await enrol(token, { addresses: [addresses.node01] });
    expect(other).toMatchObject({
      status: 410,
      body: { code: 'token-used', remedy: { en: expect.stringContaining('token create node01') } },
    });
  });

  it('refuses a token after its 24 hours', async () => {
    const token = await coordinator.token({ host: 'node02' });
    time += 24 * hour;
    const answer = await enrol(token, { addresses: [addresses.node02] });
    time -= 24 * hour;
    expect(answer).toMatchObject({ status: 410, body: { code: 'token-expired' } });
  });

  it('accepts a new token for an enrolled host as a replaced machine: the old credential stops working', async () => {
    const old = secret();
    const replacement = secret();
    const request = (credentialSha256: string) => ({ credentialSha256, addresses: [addresses.node02] });
    await enrol(await coordinator.token({ host: 'node02' }), request(old.credentialSha256));
    expect((await coordinator.ask('/v1/target', { headers: bearer(old.credential) })).status).toBe(200);
    expect(
      (await enrol(await coordinator.token({ host: 'node02' }), request(replacement.credentialSha256))).status,
    ).toBe(200);
    const refused = await coordinator.ask('/v1/target', { headers: bearer(old.credential) });
    expect(refused).toMatchObject({ status: 401, body: { code: 'credential-unknown' } });
    expect((await coordinator.ask('/v1/target', { headers: bearer(replacement.credential) })).status).toBe(200);
  });

  it('refuses a credential that belongs to another host', async () => {
    const { credentialSha256 } = secret();
    await enrol(await coordinator.token({ host: 'node02' }), { credentialSha256, addresses: [addresses.node02] });
    const copy = await enrol(await coordinator.token({ host: 'master01' }), { credentialSha256 });
    expect(copy).toMatchObject({ status: 409, body: { code: 'credential-taken' } });
  });

  it('accepts one of many simultaneous uses of a single-use token', async () => {
    const token = await coordinator.token({ host: 'master01' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => enrol(token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(410)]);
  });
});

it('answers 429 with Retry-After to an address with too many requests, whatever its headers claim', async () => {
  const strict = await start({ limits: { enrol: 2 } });
  const ask = (forwarded: string) =>
    strict.ask('/v1/enrol', { body: {}, headers: { ...bearer('muster-x'), 'x-forwarded-for': forwarded } });
  expect([(await ask('1.1.1.1')).status, (await ask('2.2.2.2')).status]).toEqual([422, 422]);
  const answer = await ask('3.3.3.3');
  expect(answer).toMatchObject({ status: 429, body: { code: 'too-many' } });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  await strict.stop();
});

it('stores no enrolment token and no credential in plain text', async () => {
  const one = await start();
  const token = await one.token({ host: 'master01' });
  const { credential, credentialSha256 } = secret();
  await one.ask('/v1/enrol', { headers: bearer(token), body: enrolRequest({ credentialSha256 }) });
  expect(filesWith(one.state, token)).toEqual([]);
  expect(filesWith(one.state, credential)).toEqual([]);
  expect(filesWith(one.state, credentialSha256)).not.toEqual([]);
  await one.stop();
});
