import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AgentPaths, pathsBelow } from '../../agent/paths.ts';
import { bundle } from '../../deploy/build/bundle.ts';
import { createPlanKey, publicPlanKey } from '../../shared/node/plan-signature.ts';
import { type FakeAnswer, type FakeCoordinator, type FakeRequest, fakeCoordinator } from './fake-coordinator.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const token = 'muster-t1-abcdefghijklmnopqrstuvwxyz';
const oldCredential = 'o'.repeat(43);

let folder: string;
let main: string;
let root: string;
let paths: AgentPaths;
let coordinator: FakeCoordinator;
let answer: (request: FakeRequest) => FakeAnswer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-bundle-'));
  await bundle(repository, { name: 'agent', extra: {}, version: '0.0.1' }, folder);
  main = join(folder, 'main.js');
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'muster-agent-'));
  paths = pathsBelow(root);
  coordinator = await fakeCoordinator((request) => answer(request));
  await put(paths.config, JSON.stringify({ coordinator: coordinator.url }));
  await put(paths.ca, coordinator.ca);
});
afterEach(async () => {
  await coordinator.close();
  await rm(root, { recursive: true });
});

async function put(path: string, content: string, mode = 0o600): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, { mode });
}
const agent = (...args: string[]) => execa(process.execPath, [main, '--root', root, ...args], { reject: false });
const enrol = () => agent('enrol', '--patience', '1');
const credential = async () =>
  JSON.parse(await readFile(paths.credential, 'utf8')) as { host: string; credential: string };
const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

const accepted: FakeAnswer = { body: { host: 'node01', role: 'worker', cluster: 'class' } };
const nothingToDo: FakeAnswer = {
  body: { assignment: null, reason: { en: 'not in the plan', zh: '不在计划中' }, duties: [] },
  headers: { etag: '"1"' },
};
const refusal = (status: number, code = 'refused'): FakeAnswer => ({
  status,
  body: { code, message: 'This token is no good.', remedy: 'sudo muster token create node01' },
});

describe('muster-agent enrol', () => {
  test('writes its credential before sending the hash, then stores the name and deletes the token', async () => {
    await put(paths.enrolmentToken, `${token}\n`);
    let sent = '';
    let pending: string | undefined;
    answer = (request) => {
      sent = (request.body as { credentialSha256: string }).credentialSha256;
      pending = readFileSync(`${paths.credential}.pending`, 'utf8').split(' ')[1];
      return accepted;
    };
    const { exitCode, stdout } = await enrol();
    expect(stdout).toBe('Enrolled as node01, worker of cluster class.');
    expect(exitCode).toBe(0);
    const stored = await credential();
    expect(stored.host).toBe('node01');
    expect(Buffer.from(stored.credential, 'base64url')).toHaveLength(32);
    expect(pending).toBe(stored.credential);
    expect(sent).toBe(createHash('sha256').update(stored.credential).digest('hex'));
    expect((await stat(paths.credential)).mode & 0o777).toBe(0o600);
    expect(await exists(paths.enrolmentToken)).toBe(false);
    expect(coordinator.requests[0]?.headers.authorization).toBe(`Bearer ${token}`);
  });

  test('sends the same hash again after a lost answer, so that the host is not locked out', async () => {
    await put(paths.enrolmentToken, token);
    const hashes: unknown[] = [];
    let lost = true;
    answer = ({ body }) => {
      hashes.push((body as { credentialSha256: string }).credentialSha256);
      return lost ? { status: 500 } : accepted;
    };
    expect((await enrol()).exitCode).toBe(1);
    lost = false;
    expect((await enrol()).exitCode).toBe(0);
    expect(new Set(hashes).size).toBe(1);
  });

  test.each([
    [401, 77],
    [403, 77],
    [410, 77],
    [409, 65],
    [422, 65],
  ])('prints a refusal with status %i once, with its remedy, and exits with %i', async (status, expected) => {
    await put(paths.enrolmentToken, token);
    answer = () => refusal(status);
    const { exitCode, stderr } = await enrol();
    expect(exitCode).toBe(expected);
    expect(stderr).toBe('muster-agent: This token is no good.\n  sudo muster token create node01');
    expect(coordinator.requests).toHaveLength(1);
    expect(await exists(paths.credential)).toBe(false);
  });

  test('retries after Retry-After when the coordinator is busy', async () => {
    await put(paths.enrolmentToken, token);
    const times: number[] = [];
    answer = () => {
      times.push(performance.now());
      return times.length === 1 ? { status: 503, headers: { 'retry-after': '1' } } : accepted;
    };
    expect((await agent('enrol', '--patience', '10')).exitCode).toBe(0);
    const [first = 0, second = 0, ...more] = times;
    expect(second - first).toBeGreaterThanOrEqual(950);
    expect(more).toEqual([]);
  });

  test('stops when the coordinator does not answer, with exit code 69', async () => {
    await put(paths.enrolmentToken, token);
    await put(paths.config, JSON.stringify({ coordinator: 'https://127.0.0.1:9' }));
    const { exitCode, stderr } = await enrol();
    expect(exitCode).toBe(69);
    expect(stderr).toContain('https://127.0.0.1:9');
  });

  test('refuses a coordinator of another CA, with exit code 77', async () => {
    await put(paths.enrolmentToken, token);
    const other = await fakeCoordinator(() => accepted);
    await put(paths.ca, other.ca);
    await other.close();
    expect((await enrol()).exitCode).toBe(77);
    expect(coordinator.requests).toEqual([]);
  });

  test('keeps the old credential until the new one is accepted', async () => {
    await put(paths.enrolmentToken, token);
    await put(paths.credential, JSON.stringify({ host: 'node01', credential: oldCredential }));
    answer = ({ path }) => (path === '/v1/enrol' ? { status: 500 } : nothingToDo);
    expect((await enrol()).exitCode).toBe(1);
    expect((await credential()).credential).toBe(oldCredential);
    answer = () => accepted;
    expect((await enrol()).exitCode).toBe(0);
    expect((await credential()).credential).not.toBe(oldCredential);
  });

  test('accepts a used token on a host that is enrolled', async () => {
    await put(paths.enrolmentToken, token);
    await put(paths.credential, JSON.stringify({ host: 'node01', credential: oldCredential }));
    answer = ({ path }) => (path === '/v1/enrol' ? refusal(410) : nothingToDo);
    const { exitCode, stdout } = await enrol();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Already enrolled as node01.');
    expect((await credential()).credential).toBe(oldCredential);
    expect(await exists(paths.enrolmentToken)).toBe(false);
  });

  test('without a token, reports whether the credential works', async () => {
    await put(paths.credential, JSON.stringify({ host: 'node01', credential: oldCredential }));
    answer = () => nothingToDo;
    expect(await enrol()).toMatchObject({ exitCode: 0, stdout: 'Already enrolled as node01.' });
    answer = () => refusal(403);
    expect((await enrol()).exitCode).toBe(77);
  });

  test('without a token and a credential, says where to get a token', async () => {
    const { exitCode, stderr } = await enrol();
    expect(exitCode).toBe(64);
    expect(stderr).toContain('muster token create');
  });

  test.each([
    'enrolmentToken',
    'credential',
  ] as const)('refuses a %s that others can read, with the command that fixes it', async (name) => {
    await put(
      paths[name],
      name === 'credential' ? JSON.stringify({ host: 'node01', credential: oldCredential }) : token,
    );
    await chmod(paths[name], 0o640);
    const { exitCode, stderr } = await enrol();
    expect(exitCode).toBe(77);
    expect(stderr).toContain(`sudo chmod 600 ${paths[name]}`);
    expect(coordinator.requests).toEqual([]);
  });

  test('refuses a configuration with a plain HTTP address', async () => {
    await put(paths.config, JSON.stringify({ coordinator: 'http://127.0.0.1:9' }));
    await put(paths.enrolmentToken, token);
    expect((await enrol()).exitCode).toBe(65);
  });
});

describe('muster-agent', () => {
  test('facts prints the host’s facts as JSON', async () => {
    const { stdout } = await agent('facts');
    expect(JSON.parse(stdout)).toMatchObject({ arch: process.arch, hostname: expect.any(String) });
  });

  test('preflight prints the worst findings first, and sets its exit code by severity', async () => {
    const { stdout, exitCode } = await agent('preflight', '--json');
    const findings = JSON.parse(stdout) as { level: string }[];
    const order = ['error', 'warning', 'unknown', 'ok'];
    const levels = findings.map(({ level }) => order.indexOf(level));
    expect(levels).toEqual([...levels].sort());
    expect(exitCode).toBe(levels[0] === 0 ? 2 : levels[0] === 3 ? 0 : 1);
  });

  test('run reports the host even when it is not in the plan, and stops on SIGTERM', async () => {
    await put(paths.credential, JSON.stringify({ host: 'node01', credential: oldCredential }));
    answer = ({ path, headers }) => {
      if (path === '/v1/reports') return { status: 204 };
      return headers['if-none-match'] === undefined ? nothingToDo : { status: 304 };
    };
    const running = execa(process.execPath, [main, '--root', root, 'run'], { reject: false });
    const hasFacts = (body: unknown) => (body as { facts?: unknown } | undefined)?.facts !== undefined;
    const reported = () => coordinator.requests.find(({ path, body }) => path === '/v1/reports' && hasFacts(body));
    await vi.waitUntil(reported, { timeout: 60_000 });
    expect(reported()?.body).toMatchObject({
      host: 'node01',
      facts: { arch: process.arch },
      findings: expect.any(Array),
    });
    running.kill('SIGTERM');
    expect(await running).toMatchObject({ exitCode: 0 });
  });

  test('run follows no unsigned plan once a key is pinned', async () => {
    await put(paths.credential, JSON.stringify({ host: 'node01', credential: oldCredential }));
    await put(paths.planKey, `${publicPlanKey(createPlanKey())}\n`);
    answer = ({ path, headers }) => {
      if (path === '/v1/reports') return { status: 204 };
      return headers['if-none-match'] === undefined ? nothingToDo : { status: 304 };
    };
    const running = execa(process.execPath, [main, '--root', root, 'run'], { reject: false, all: true });
    let log = '';
    running.all.on('data', (chunk) => {
      log += chunk;
    });
    const reported = () => coordinator.requests.some(({ path }) => path === '/v1/reports');
    await vi.waitUntil(() => log.includes('"plan-unsigned"') && reported(), { timeout: 60_000 });
    running.kill('SIGTERM');
    expect((await running).exitCode).toBe(0);
  });
  test('run without a credential prints an error and exits', async () => {
    const { exitCode, stdout } = await agent('run');
    expect(exitCode).toBe(77);
    expect(stdout).toContain('not-enrolled');
  });
});
