import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { version } from '../../../shared/version.ts';
import { asPage, sampleStatus } from '../web/sample.ts';
import { type Bench, createBench } from './muster.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await createBench();
});

afterEach(() => bench.close());

test('--version and --help work without a coordinator', async () => {
  const versioned = await bench.start(['--version']).finished;
  const helped = await bench.muster('--help');
  expect(versioned).toMatchObject({ code: 0, stdout: `${version}\n` });
  expect(helped.code).toBe(0);
  expect(helped.stdout).toContain('muster token create --workers');
});

test('an unknown command is a usage error with a suggestion', async () => {
  const { code, stderr, stdout } = await bench.muster('statsu');
  expect(code).toBe(64);
  expect(stderr).toBe('muster: unknown command: statsu; did you mean status?\n  muster --help\n');
  expect(stdout).toBe('');
});

test('an unknown command is reported in Chinese with --lang zh', async () => {
  const { code, stderr } = await bench.muster('--lang', 'zh', 'frobnicate');
  expect(code).toBe(64);
  expect(stderr).toBe('muster: 未知的命令：frobnicate\n  muster --help\n');
});

test('the plan sub-commands have their own exit codes', async () => {
  const [helped, unknown] = await Promise.all([
    bench.muster('plan', 'check', '--help'),
    bench.muster('plan', 'check', '--nonsense', 'x'),
  ]);
  expect(helped).toMatchObject({ code: 0, stdout: expect.stringContaining('muster plan check') });
  expect(unknown).toMatchObject({ code: 64, stderr: expect.stringContaining('--nonsense') });
});

test('reports that no coordinator is running, and what to check', async () => {
  const { code, stderr, stdout } = await bench.start(['status']).finished;
  expect(code).toBe(69);
  expect(stderr).toBe(
    `muster: the coordinator is not running (no answer on ${bench.socket})\n  systemctl status muster-coordinator\n`,
  );
  expect(stdout).toBe('');
});

test('a socket file without a listener means no coordinator', async () => {
  await writeFile(bench.socket, '');
  expect((await bench.muster('hosts')).code).toBe(69);
});

test('--socket takes precedence over MUSTER_SOCKET', async () => {
  await bench.serve((app) => app.get('/v1/status', (_request, response) => void response.json(asPage(sampleStatus()))));
  const { finished } = bench.start(['hosts', '--socket', bench.socket], { MUSTER_SOCKET: '/nonexistent' });
  expect((await finished).code).toBe(0);
});

test.each([
  [400, 65],
  [404, 65],
  [403, 77],
  [409, 1],
  [503, 75],
  [500, 1],
])('a problem with status %d is printed with its remedy and ends with exit code %d', async (status, code) => {
  const problem = { code: 'some-problem', message: 'this was seen\x1b[2J', remedy: 'do that' };
  await bench.serve((app) => app.use((_request, response) => void response.status(status).json(problem)));
  const finished = await bench.muster('login');
  expect(finished).toEqual({ code, stdout: '', stderr: 'muster: this was seen\n  do that\n' });
});

test('an answer of another version is refused', async () => {
  await bench.serve((app) => app.use((_request, response) => void response.json({ hosts: [{ name: 1 }] })));
  const { code, stderr } = await bench.muster('hosts');
  expect(code).toBe(1);
  expect(stderr).toContain('systemctl restart muster-coordinator');
});

test('an answer that is not JSON is reported as an error', async () => {
  await bench.serve((app) => app.use((_request, response) => void response.status(502).send('<html>')));
  const { code, stderr } = await bench.muster('status');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^muster: .*HTTP 502/);
});

test('a closed pipe is not an error', async () => {
  const text = 'x'.repeat(2000);
  const lines = Array.from({ length: 2000 }, (_, index) => ({
    seq: index + 1,
    at: '2026-03-04T12:00:00Z',
    step: 's',
    text,
  }));
  await bench.serve((app) =>
    app.get('/v1/hosts/:name/logs', ({ query }, response) => {
      response.json({ lines: query.after === '0' ? lines : [] });
    }),
  );
  const reading = bench.start(['logs', 'node01']);
  await reading.says('xxx');
  reading.hangUp();
  const { code, stderr } = await reading.finished;
  expect(stderr).toBe('');
  expect(code).toBe(0);
});
