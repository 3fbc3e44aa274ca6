import { afterEach, beforeEach, expect, test } from 'vitest';
import { titleOf } from '../../../../shared/preflight/catalogue.ts';
import type { Status } from '../../../../shared/protocol/status.ts';
import { verbatim } from '../../../../shared/text/local-text.ts';
import { node } from '../../support.ts';
import { asPage, master01, plannedHost, sampleStatus } from '../../web/sample.ts';
import { type Bench, createBench } from '../muster.ts';

let bench: Bench;
let answer: Status;

beforeEach(async () => {
  bench = await createBench();
  answer = sampleStatus();
  await serve();
});

afterEach(() => bench.close());

const serve = () =>
  bench.serve((app) => {
    app.get('/v1/status', ({ query }, response) => {
      const hosts = answer.hosts.filter(({ phase }) => query.phase === undefined || phase === query.phase);
      response.json({ ...asPage(answer), hosts });
    });
  });

const changed = (change: (status: Status) => void): Status => {
  const status = sampleStatus();
  change(status);
  return status;
};

test('prints the table of hosts below the cluster’s sentence', async () => {
  const { code, stdout } = await bench.muster('status');
  expect(code).toBe(0);
  const lines = stdout.split('\n');
  expect(lines[0]).toBe('demo, Kubernetes 1.23.0: 1 of 4 nodes Ready; node01 is installing packages, 48 s');
  expect(lines[2]).toBe('HOST      ROLE           PHASE      LAST CONTACT    STEPS  NOW');
  expect(lines[3]).toBe('master01  control plane  Ready      2 s ago         18/18');
  expect(lines[4]).toMatch(/^node01 {4}worker {9}preparing {2}2 s ago {9}8\/15 {3}Install and hold .* kubectl, 48 s$/);
});

test('prints commands for what needs an operator, not for what muster fixes', async () => {
  const { stdout } = await bench.muster('status');
  expect(stdout).toContain(
    `error: node02: check failed: ${titleOf('ports').en} (k3s listens on 10250; required: nothing on 10250)\n    systemctl disable --now k3s\n`,
  );
  expect(stdout).toContain(`warning: node01: check not passed: ${titleOf('memory').en} (1.9 GiB;`);
  expect(stdout).toContain('silent: node03: no contact for 4 min 10 s');
  expect(stdout).not.toContain('/dev/sda2');
});

test('a finding that several hosts have is printed once, with their names', async () => {
  answer = changed((status) => {
    const [, , blocked] = status.hosts;
    if (blocked) status.hosts.push({ ...blocked, name: 'node04' });
  });
  const { stdout } = await bench.muster('status');
  expect(stdout).toContain(`error: node02, node04: check failed: ${titleOf('ports').en}`);
  expect(stdout.match(/systemctl disable --now k3s/g)).toHaveLength(1);
});

test('no control code of a host reaches a pipe', async () => {
  answer = changed((status) => {
    const [host] = status.hosts;
    const [summary, remedy] = ['a\x1b[2J\x1b]0;owned\x07b\nforged: line', '\x9b31m'].map((text) => verbatim(text));
    if (host) Object.assign(host, { phase: 'failed', summary, remedy });
  });
  for (const args of [['status'], ['hosts'], ['status', '--json']]) {
    const { stdout } = await bench.muster(...args);
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  }
  expect((await bench.muster('status')).stdout).toContain('failed: master01: ab forged: line\n');
});

test('prints colour on a terminal, except with NO_COLOR', async () => {
  const [coloured, plain] = await Promise.all([
    bench.onTerminal('status'),
    bench.onTerminal('status', { NO_COLOR: '1' }),
  ]);
  expect(coloured).toContain('\x1b[32mReady\x1b[0m');
  expect(plain).toContain('Ready');
  expect(plain).not.toContain('\x1b');
});

test('--json passes on the coordinator’s answer, including fields unknown to this version', async () => {
  answer = Object.assign(sampleStatus(), { fromTheFuture: { a: [1] } });
  const { code, stdout } = await bench.muster('status', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(answer);
});

test('before the first host has enrolled, it prints what to run', async () => {
  answer = sampleStatus({ hosts: [plannedHost('node01', '192.168.0.131')] });
  expect((await bench.muster('status')).stdout).toContain('sudo muster token create --workers');
});

test('prints the plan’s problems', async () => {
  const problem = { file: 'cluster.yaml', line: 3, path: 'hosts[0].role', code: 'role-invalid', seen: null };
  answer = sampleStatus({ planProblems: [{ ...problem, message: { en: 'wrong', zh: '错误' } }] });
  expect((await bench.muster('status')).stdout).toContain('cluster.yaml:3: hosts[0].role: wrong\n');
  expect((await bench.muster('--lang', 'zh', 'status')).stdout).toContain('cluster.yaml:3: hosts[0].role: 错误\n');
});

test('--watch without a terminal prints a line per change, and survives a coordinator restart', async () => {
  const watching = bench.start(['status', '--watch']);
  await watching.says('node01: preparing 8/15');
  await bench.stopServing();
  await watching.says('no answer on');
  answer = changed(({ hosts: [, host] }) => {
    if (host) Object.assign(host, { phase: 'ready', stepsDone: 15, secondsSinceContact: 0, node: node('node01') });
  });
  await serve();
  await watching.says('2 of 4 nodes Ready');
  watching.kill('SIGINT');
  const { code, stdout } = await watching.finished;
  expect(code).toBe(0);
  expect(stdout.match(/master01/g)).toHaveLength(1);
  expect(stdout).toContain('12:05:00 node01: Ready 15/15\n');
});

test('--watch on a terminal redraws in place and restores the cursor', async () => {
  const drawn = await bench.onTerminal('status --watch', {}, 'A\r');
  expect(drawn).toContain('\x1b[?25l');
  const frames = drawn.split('\x1b[?2026h').slice(1);
  expect(frames.length).toBeGreaterThan(1);
  // Each frame overwrites the previous one: the cursor moves up by its lines, and nothing is cleared first.
  const [first = '', second = ''] = frames;
  const height = first.split('\x1b[K').length - 1;
  const up = Number(second.split('A\r')[0]?.replace('\x1b[', ''));
  expect(up).toBeGreaterThanOrEqual(height);
  expect(second.indexOf('\x1b[J')).toBeGreaterThan(second.lastIndexOf('\x1b[K'));
  expect(drawn.match(/1 of 4 nodes Ready/g)?.length).toBeGreaterThan(1);
  expect(drawn.trimEnd().endsWith('\x1b[?25h')).toBe(true);
});

test('--wait prints each change and returns once all hosts are Ready', async () => {
  answer = changed((status) => {
    status.hosts = status.hosts.slice(0, 2);
  });
  const waiting = bench.start(['status', '--wait']);
  await waiting.says('node01: preparing 8/15, Install and hold');
  answer = sampleStatus({ hosts: [master01(), { ...master01(), name: 'node01' }] });
  const { code, stdout } = await waiting.finished;
  expect(code).toBe(0);
  expect(stdout).toContain('2 of 2 nodes Ready');
});

test('--wait stops at once when an operator has to act', async () => {
  const { code, stderr } = await bench.muster('status', '--wait');
  expect(code).toBe(1);
  expect(stderr).toBe('muster: node02: blocked: port 10250 is in use\n  systemctl disable --now k3s\n');
});

test('--wait stops after --timeout, and lists the missing hosts', async () => {
  answer = sampleStatus({ hosts: [master01(), plannedHost('node01', '192.168.0.131')] });
  const { code, stderr } = await bench.muster('status', '--wait', '--timeout', '0.2');
  expect(code).toBe(75);
  expect(stderr).toContain('node01 not Ready after 0.2 s');
});

test.each([
  ['--timeout', 'soon'],
  ['--wait', '--json'],
  ['--watch', '--wait'],
])('status %s %s is a usage error', async (...args) => {
  expect((await bench.muster('status', ...args)).code).toBe(64);
});
