import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClient } from '../../../agent/link/client.ts';
import { readCredential, writeCredential } from '../../../agent/link/config.ts';
import { openCoordinators } from '../../../agent/link/coordinators.ts';
import { openSession } from '../../../agent/link/session.ts';
import { type AgentPaths, pathsBelow } from '../../../agent/paths.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { type FakeAnswer, type FakeCoordinator, type FakeRequest, fakeCoordinator } from '../fake-coordinator.ts';

const old = 'o'.repeat(43);
const signal = new AbortController().signal;
const seal = 'A'.repeat(22);
const report = { host: 'node01', bootId: 'b', sentAt: '2026-01-01T00:00:00Z', agentVersion: '0.1.0' };

let root: string;
let paths: AgentPaths;
let coordinator: FakeCoordinator;
let answer: (request: FakeRequest) => FakeAnswer;
/** The bearer token of a request. */
const bearerOf = ({ headers }: FakeRequest) => headers.authorization?.replace('Bearer ', '');

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'muster-session-'));
  paths = pathsBelow(root);
  answer = () => ({ status: 204 });
  coordinator = await fakeCoordinator((request) => answer(request));
  await writeCredential(paths, { host: 'node01', credential: old });
});
afterEach(async () => {
  await coordinator.close();
  await rm(root, { recursive: true, maxRetries: 5 });
});

/** The agent at startup: it knows only what is on disk. */
async function started(ca = coordinator.ca) {
  const credential = await readCredential(paths);
  if (credential === null) throw new Error('no credential');
  const session = await openSession({ paths, credential, ca, log: silentLogger() });
  return { session, client: createClient({ url: coordinator.url, ca: coordinator.ca, bearer: session }) };
}

describe('the newest revision that a host has seen', () => {
  test('is stored and sent with every request, also after a restart; an older one does not replace it', async () => {
    const answers = [`7.${seal}`, `5.${seal}`, 'nonsense'];
    answer = () => ({ status: 204, headers: { 'muster-revision': answers.shift() ?? '' } });
    const { session, client } = await started();
    for (let count = 0; count < 3; count += 1) await client.report(report);
    await session.settled();
    await (await started()).client.report(report);
    expect(coordinator.requests.map(({ headers }) => headers['muster-revision'])).toEqual([
      undefined,
      `7.${seal}`,
      `7.${seal}`,
      `7.${seal}`,
    ]);
  });

  test('is ignored when its file is corrupt or truncated; the next answer rewrites it', async () => {
    for (const garbage of ['', '\0\0\0\0', `12.${seal.slice(3)}`]) {
      await writeFile(paths.revision, garbage, { mode: 0o600 });
      const { session, client } = await started();
      expect(session.revision()).toBeNull();
      answer = () => ({ status: 204, headers: { 'muster-revision': `9.${seal}` } });
      await client.report(report);
      await session.settled();
      expect(await readFile(paths.revision, 'utf8')).toMatch(`9.${seal} `);
    }
  });
});

test('the revision of a coordinator with another CA does not count, that of an earlier release does', async () => {
  answer = () => ({ status: 204, headers: { 'muster-revision': `9.${seal}` } });
  const { session, client } = await started('CA of an earlier coordinator');
  await client.report(report);
  await session.settled();
  expect((await started()).session.revision()).toBeNull();
  expect((await started('CA of an earlier coordinator')).session.revision()).toBe(`9.${seal}`);
  await writeFile(paths.revision, `8.${seal}\n`, { mode: 0o600 });
  expect((await started()).session.revision()).toBe(`8.${seal}`);
});

describe('an instruction from a coordinator that is behind', () => {
  const target = { assignment: null, reason: { en: '', zh: '' }, duties: [] };
  const credential = { token: `abcdef.${'0'.repeat(16)}`, expiresAt: '2026-01-01T00:00:00Z' };
  const at = (revision: string) => ({ headers: { 'muster-revision': revision, etag: '"1"' } });

  test('is refused: a target, a join credential', async () => {
    answer = () => ({ status: 204, ...at(`7.${seal}`) });
    const { client } = await started();
    await client.report(report);
    for (const older of [`6.${seal}`, 'nonsense']) {
      answer = () => ({ status: 200, body: target, ...at(older) });
      await expect(client.target(null, 0, signal)).rejects.toMatchObject({ code: 'coordinator-behind', status: 503 });
      answer = () => ({ status: 200, body: credential, ...at(older) });
      await expect(client.joinCredential(0, null, signal)).rejects.toMatchObject({ code: 'coordinator-behind' });
    }
  });

  test('is followed again from the revision that the host presented', async () => {
    answer = () => ({ status: 204, ...at(`7.${seal}`) });
    const { client } = await started();
    await client.report(report);
    for (const current of [`7.${seal}`, `8.${seal}`]) {
      answer = () => ({ status: 200, body: target, ...at(current) });
      await expect(client.target(null, 0, signal)).resolves.toMatchObject({ etag: '"1"' });
    }
  });

  test('reports go to it, with the newer revision that the host has seen', async () => {
    answer = () => ({ status: 204, ...at(`7.${seal}`) });
    const { client } = await started();
    await client.report(report);
    answer = () => ({ status: 204, ...at(`6.${seal}`) });
    await expect(client.report(report)).resolves.toBeUndefined();
    expect(coordinator.requests.at(-1)?.headers['muster-revision']).toBe(`7.${seal}`);
  });
});

test('a coordinator that was behind is told everything again once it has caught up, and not before', async () => {
  const credential = await readCredential(paths);
  if (credential === null) throw new Error('no credential');
  await mkdir(dirname(paths.config), { recursive: true });
  const { ca } = coordinator;
  await writeFile(paths.config, JSON.stringify({ coordinator: coordinator.url }));
  let repeats = 0;
  const onSwitch = () => {
    repeats += 1;
  };
  const url = openCoordinators({ paths, urls: [coordinator.url], log: silentLogger(), onSwitch });
  const session = await openSession({ paths, credential, ca, log: silentLogger() });
  const client = createClient({ url, ca: coordinator.ca, bearer: session });
  for (const revision of [7, 8, 5, 6, 9, 9]) {
    answer = () => ({ status: 204, headers: { 'muster-revision': `${revision}.${seal}` } });
    await client.report(report);
    expect(repeats).toBe(revision === 9 ? 1 : 0);
  }
  answer = () => ({ status: 204 });
  await client.report(report);
  expect(repeats).toBe(1);
});

describe('a host’s credential', () => {
  test('is replaced by one whose hash the coordinator has stored, and the previous one is kept', async () => {
    const { session, client } = await started();
    await session.rotate(client, signal);
    const stored = await readCredential(paths);
    expect(stored).toMatchObject({ host: 'node01', previous: old });
    expect(stored?.credential).not.toBe(old);
    await client.report(report);
    expect(coordinator.requests.map(bearerOf)).toEqual([old, stored?.credential]);
  });

  test('is offered again after a lost answer and a restart, unchanged, while the one in use stays valid', async () => {
    answer = () => ({ status: 503 });
    const first = await started();
    await expect(first.session.rotate(first.client, signal)).rejects.toMatchObject({ status: 503 });
    expect((await readCredential(paths))?.credential).toBe(old);
    answer = () => ({ status: 204 });
    const second = await started();
    await second.session.rotate(second.client, signal);
    const hashes = coordinator.requests.map(({ body }) => (body as { credentialSha256: string }).credentialSha256);
    expect(new Set(hashes).size).toBe(1);
  });

  test('that a restored coordinator does not know is replaced by the previous one, once for all requests', async () => {
    const { session, client } = await started();
    await session.rotate(client, signal);
    answer = (request) => ({ status: bearerOf(request) === old ? 204 : 401 });
    await Promise.all([client.report(report), client.report(report), client.report(report)]);
    expect((await readCredential(paths))?.credential).toBe(old);
    await (await started()).client.report(report);
    expect(bearerOf(coordinator.requests.at(-1) as FakeRequest)).toBe(old);
  });

  test('that the coordinator does not know is refused without a retry', async () => {
    answer = () => ({ status: 401, body: { code: 'credential-unknown', message: 'unknown' } });
    const { client } = await started();
    await expect(client.report(report)).rejects.toMatchObject({ code: 'credential-unknown', status: 401 });
    expect(coordinator.requests).toHaveLength(1);
  });

  test.each([
    ['truncated', '{"host":"node01","credential":"oooo'],
    ['empty', ''],
    ['binary', '\0\0\0\0\0\0'],
  ])('file that is %s is refused with the command that fixes it', async (_, content) => {
    await writeFile(paths.credential, content, { mode: 0o600 });
    await expect(readCredential(paths)).rejects.toMatchObject({
      code: 'config-invalid',
      exit: 65,
      remedy: { en: expect.stringContaining('muster token create HOST') },
    });
  });
});
