import { afterEach, beforeEach, expect, test } from 'vitest';
import { asPage, sampleLogs, sampleStatus } from '../web/sample.ts';
import { type Bench, createBench } from './muster.ts';

const command =
  "curl -fsSk --pinnedpubkey 'sha256//AAAA' https://192.168.0.130:7443/install.sh | MUSTER_TOKEN=muster-secret sudo -E sh";

let bench: Bench;

beforeEach(async () => {
  bench = await createBench();
});

afterEach(() => bench.close());

async function serveTokens(): Promise<unknown[]> {
  const requests: unknown[] = [];
  await bench.serve((app) =>
    app.post('/v1/tokens', (request, response) => {
      requests.push(request.body);
      const hosts = request.body.workers ? ['node01', 'node02'] : [request.body.host];
      response.status(201).json({ command, hosts, expiresAt: '2026-03-05T12:00:00.000Z' });
    }),
  );
  return requests;
}

test('token create --workers prints only the install command on stdout, its details on stderr', async () => {
  const requests = await serveTokens();
  const { code, stdout, stderr } = await bench.muster('token', 'create', '--workers');
  expect(code).toBe(0);
  expect(stdout).toBe(`${command}\n`);
  expect(stderr).toContain('once on each of node01, node02 before 2026-03-05 12:00:00 UTC');
  expect(stderr).toContain('| MUSTER_TOKEN=muster-secret sh\n');
  expect(requests).toEqual([{ workers: true }]);
});

test('token create HOST makes a token for that host', async () => {
  const requests = await serveTokens();
  const { stdout } = await bench.muster('token', 'create', 'master01');
  expect(stdout).toBe(`${command}\n`);
  expect(requests).toEqual([{ host: 'master01' }]);
});

test.each([[[]], [['node01', '--workers']]])('token create %j is refused: its target is unclear', async (args) => {
  const requests = await serveTokens();
  const { code, stdout, stderr } = await bench.muster('token', 'create', ...args);
  expect(code).toBe(64);
  expect(stdout).toBe('');
  expect(stderr).toContain('HOST or --workers');
  expect(requests).toEqual([]);
});

test('login prints only the link on stdout, and the fingerprint as browsers show it on stderr', async () => {
  const link = {
    url: 'https://h:7443/login?code=x',
    expiresAt: '2026-03-04T12:10:00Z',
    certificateSha256: 'ab'.repeat(32),
  };
  await bench.serve((app) => app.post('/v1/login-links', (_request, response) => void response.status(201).json(link)));
  const { code, stdout, stderr } = await bench.muster('login');
  expect(code).toBe(0);
  expect(stdout).toBe('https://h:7443/login?code=x\n');
  expect(stderr).toContain(`${'AB:'.repeat(31)}AB\n`);
});

test('hosts lists each planned host with its machine, or a dash', async () => {
  await bench.serve((app) => app.get('/v1/status', (_request, response) => void response.json(asPage(sampleStatus()))));
  const { stdout } = await bench.muster('hosts');
  expect(stdout).toMatch(/^master01 +192.168.0.130 +control plane +Ready +v1.23.0 +docker:\/\/20.10.24 +x64 +Debian/m);
  expect(stdout).toMatch(/^node02 +192.168.0.132 +worker +blocked +- +- +x64/m);
});

test('logs prints all pages, one line each, without terminal control codes', async () => {
  const pages: Record<string, unknown> = {
    0: sampleLogs('one\x1b[2J\ntwo'),
    3: { lines: [{ ...sampleLogs().lines[0], seq: 9 }] },
  };
  await bench.serve((app) =>
    app.get(
      '/v1/hosts/node01/logs',
      ({ query }, response) => void response.json(pages[String(query.after)] ?? { lines: [] }),
    ),
  );
  const { code, stdout } = await bench.muster('logs', 'node01');
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^\d\d:\d\d:01 packages \| one two 1$/);
});

test('logs --json prints one object per line', async () => {
  await bench.serve((app) =>
    app.get(
      '/v1/hosts/node01/logs',
      ({ query }, response) => void response.json(query.after === '0' ? sampleLogs() : { lines: [] }),
    ),
  );
  const { stdout } = await bench.muster('logs', 'node01', '--json');
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(sampleLogs().lines);
});

test('logs -f prints new lines, each once, until Ctrl-C', async () => {
  const { lines } = sampleLogs('first');
  await bench.serve((app) =>
    app.get('/v1/hosts/node01/logs', ({ query }, response) => {
      response.json({ lines: lines.filter(({ seq }) => seq > Number(query.after)) });
    }),
  );
  const following = bench.start(['logs', 'node01', '-f']);
  await following.says('first 3');
  lines.push({ seq: 4, at: '2026-03-04T12:05:00Z', step: 'images', text: 'second' });
  await following.says('images | second');
  following.kill('SIGINT');
  const { code, stdout } = await following.finished;
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(4);
});
