import { describe, expect, test } from 'vitest';
import { createDiagnostician } from '../../../agent/diagnosis/diagnostician.ts';
import type { Round } from '../../../agent/diagnosis/treatment.ts';
import { openJournal } from '../../../agent/loop/journal.ts';
import { silentLogger } from '../../../shared/logger.ts';
import type { ReportedDiagnosis } from '../../../shared/protocol/diagnosis.ts';
import type { StepResult } from '../../../shared/protocol/report.ts';
import type { StepId } from '../../../shared/steps/catalogue.ts';
import { verbatim } from '../../../shared/text/local-text.ts';
import { type FakeProgram, fakeHost } from '../fake-host.ts';
import { sampleAssignment, sampleFacts } from '../samples.ts';

const startedAt = '2026-01-01T00:00:00Z';

async function setUp(programs: Record<string, FakeProgram> = {}) {
  const systemctl: FakeProgram = (args) => (args[0] === 'show' ? 'ActiveState=active\n' : undefined);
  const host = fakeHost({ programs: { systemctl, journalctl: () => '', ...programs } });
  const journal = await openJournal(host, '/journal', silentLogger());
  const told: (ReportedDiagnosis | null)[] = [];
  const reporter = {
    tell: (state: { diagnosis?: ReportedDiagnosis | null | undefined }) => void told.push(state.diagnosis ?? null),
  };
  const diagnostician = createDiagnostician({ host, log: silentLogger(), journal, reporter });
  const round: Round = {
    facts: sampleFacts(),
    assignment: sampleAssignment(),
    signal: new AbortController().signal,
  };
  const fail = (id: StepId, message: string) =>
    diagnostician.after({ state: 'failed', at: id }, result(id, 'failed', message), round);
  return { host, journal, told, diagnostician, round, fail, last: () => told.at(-1) };
}

function result(id: StepId, state: StepResult['state'], message = ''): StepResult {
  return { id, state, startedAt, endedAt: null, attempts: 1, message, remedy: '' };
}

test('the diagnosis that an earlier agent reported is cleared once the steps are done', async () => {
  const { diagnostician, round, told } = await setUp();
  await diagnostician.after({ state: 'done' }, undefined, round);
  await diagnostician.after({ state: 'done' }, undefined, round);
  expect(told).toEqual([null]);
});

describe('a failed step', () => {
  test('is reported with its cause, derived from the output of its programs', async () => {
    const { diagnostician, round, fail, last } = await setUp();
    diagnostician.onStep(result('images', 'applying'), round);
    diagnostician.heard('images', verbatim('Get "https://r.example/v2/": dial tcp: i/o timeout'));
    expect(await fail('images', 'it could not be pulled')).toBe(false);
    expect(last()).toMatchObject({ id: 'registry-unreachable', step: 'images', triesLeft: null });
    expect(last()?.evidence).toContain('Get "https://r.example/v2/": dial tcp: i/o timeout');
  });

  test('is classified by the journals where its output is only a symptom; secrets in them are redacted', async () => {
    const lines =
      'token abcdef.0123456789abcdef\nE0101 failed to run Kubelet: lookup localhost on 10.0.0.2:53: no such host\n';
    const { fail, last, host } = await setUp({ journalctl: (args) => (args.includes('kubelet') ? lines : '') });
    await fail('kubeadm-join', 'error execution phase kubelet-start: timed out waiting for the condition');
    expect(last()?.id).toBe('localhost-unresolved');
    expect(host.lines().find((line) => line.startsWith('journalctl -u kubelet'))).toContain('--since @1767225600');
    expect(JSON.stringify(last())).not.toContain('0123456789abcdef');
  });

  test('is not explained by a user’s pod, however long the line before its name', async () => {
    const error = `failed to pull image \\"a/b:1\\": pull access denied${' and so on'.repeat(300)}`;
    const journalctl: FakeProgram = () => `E0101 pod_workers.go] "Error syncing pod" err="${error}" pod="shop/web-0"\n`;
    const { fail, last } = await setUp({ journalctl });
    await fail('kubeadm-join', 'kaput');
    expect(last()?.id).toBe('unknown');
    expect(last()?.evidence, 'nor shown as evidence').toEqual(['kaput']);
  });

  test('gets a limited number of remedies, also across agent restarts, then asks for an operator', async () => {
    const { fail, last, host, journal } = await setUp();
    const message = "The HTTP call equal to 'curl -sSL http://localhost:10248/healthz' failed";
    expect(await fail('kubeadm-join', message)).toBe(true);
    expect(last()?.triesLeft).toBe(1);
    expect(host.lines()).toContain('systemctl daemon-reload');
    expect(host.lines()).toContain('systemctl restart containerd');
    expect((await openJournal(host, '/journal', silentLogger())).remedyTries('kubelet-check')).toBe(1);
    expect(await fail('kubeadm-join', message)).toBe(true);
    expect(await fail('kubeadm-join', message)).toBe(false);
    expect(last()?.triesLeft).toBe(0);
    expect(host.lines().filter((line) => line === 'systemctl restart containerd')).toHaveLength(2);
    expect(journal.remedyTries('kubelet-check')).toBe(2);
  });

  test('gets no remedy while a person runs kubeadm on this host', async () => {
    const { fail, last, host } = await setUp({ pgrep: () => '77 kubeadm reset -f\n' });
    expect(await fail('kubeadm-join', "The HTTP call equal to 'curl -sSL http://localhost:10248/healthz' failed")).toBe(
      false,
    );
    expect(last()?.triesLeft).toBe(2);
    expect(host.lines()).not.toContain('systemctl restart containerd');
  });

  test('without a known cause is reported with its last lines', async () => {
    const { diagnostician, round, fail, last } = await setUp({ journalctl: () => 'I0101 fine\nE0101 kaboom\n' });
    diagnostician.onStep(result('packages', 'applying'), round);
    diagnostician.heard('packages', verbatim('one'));
    await fail('packages', 'kaput');
    expect(last()).toMatchObject({ id: 'unknown', triesLeft: null });
    expect(last()?.evidence).toEqual(['one', 'kaput', 'E0101 kaboom', 'E0101 kaboom']);
  });
});

describe('a diagnosis', () => {
  test('ends when every step is done, which also resets the count of remedies', async () => {
    const { fail, last, diagnostician, journal, round } = await setUp();
    await fail('kubeadm-join', 'a Node with name "node01" and status "Ready" already exists');
    expect(journal.remedyTries('node-exists')).toBe(1);
    await diagnostician.after({ state: 'done' }, undefined, round);
    expect(last()).toBeNull();
    expect(journal.remedyTries('node-exists')).toBe(0);
  });

  test('keeps the time when its cause was first seen', async () => {
    const { fail, host, told } = await setUp();
    await fail('images', 'manifest unknown');
    await host.sleep(60_000);
    await fail('images', 'manifest unknown, again');
    expect(new Set(told.map((one) => one?.since)).size).toBe(1);
  });
});

test.each([
  ['in a program’s output', verbatim('Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 99 (apt)')],
  ['by the code of what muster waits for', { code: 'package-lock-held', en: 'waiting', zh: '正在等待' }],
])('with a transient cause, %s, is reported while the step still runs', async (_, line) => {
  const { diagnostician, round, last } = await setUp();
  diagnostician.onStep(result('packages', 'applying'), round);
  diagnostician.heard('packages', line);
  expect(last()).toMatchObject({ id: 'apt-lock-held' });
  diagnostician.onStep(result('packages', 'done'), round);
  expect(last()).toBeNull();
});

test.each([
  ['localhost-unresolved', 'failed to run Kubelet: lookup localhost: no such host'],
  ['runtime-stopped', 'dial unix /run/containerd/containerd.sock: connect: no such file or directory'],
])('ends kubeadm early where it waits for a kubelet that cannot start: %s', async (id, dead) => {
  const { diagnostician, round, last, host } = await setUp({ journalctl: () => dead });
  host.units.set('kubeadm-join', { state: 'running', result: { exitCode: 0, tail: [] } });
  diagnostician.onStep(result('kubeadm-join', 'applying'), round);
  const kill = 'systemctl kill --kill-who=main --signal=TERM muster-kubeadm-join.service';
  await expect.poll(() => host.lines()).toContain(kill);
  expect(last()).toMatchObject({ id, step: 'kubeadm-join' });
  expect(host.now().getTime()).toBeLessThan(Date.parse(startedAt) + 40_000);
});

test('of a symptom that has passed does not end kubeadm', async () => {
  let looks = 0;
  const saidAt = Date.parse(startedAt) / 1000 + 2;
  const once: FakeProgram = (args) => {
    looks += 1;
    const since = Number(args.find((arg) => arg.startsWith('@'))?.slice(1));
    return since <= saidAt ? 'cannot create certificate signing request: Unauthorized' : '';
  };
  const { diagnostician, round, host } = await setUp({ journalctl: once });
  host.units.set('kubeadm-join', { state: 'running', result: { exitCode: 0, tail: [] } });
  diagnostician.onStep(result('kubeadm-join', 'applying'), round);
  await expect.poll(() => looks).toBeGreaterThan(20);
  diagnostician.onStep(result('kubeadm-join', 'done'), round);
  expect(host.lines().filter((line) => line.startsWith('systemctl kill'))).toEqual([]);
});

test('restarts cri-dockerd with docker where the kubelet uses it', async () => {
  const show: FakeProgram = (args) =>
    args[0] === 'show' ? 'Id=x\nActiveState=active\nUnitFileState=enabled\n' : undefined;
  const { fail, host, round, last } = await setUp({ systemctl: show });
  round.assignment.settings.runtime.name = 'docker';
  await fail('kubeadm-join', 'dial unix /var/run/cri-dockerd.sock: connect: no such file or directory');
  expect(last()?.id).toBe('cri-dockerd-stopped');
  expect(host.lines()).toContain('systemctl restart cri-docker');
  expect(host.lines().some((line) => line.startsWith('journalctl -u docker -u cri-docker'))).toBe(true);
});

test('finds a stopped runtime when the node is lost, and starts the kubelet of a NotReady node', async () => {
  const down: FakeProgram = (args) => (args[0] === 'show' ? 'ActiveState=inactive\n' : undefined);
  const { host, diagnostician, round, last, told } = await setUp({ systemctl: down });
  await diagnostician.lost(round.assignment);
  expect(told, 'a host that was reset is no node').toEqual([]);
  host.files.set('/etc/kubernetes/kubelet.conf', { content: 'x', mode: 0o600 });
  await diagnostician.lost(round.assignment);
  expect(last()?.id).toBe('runtime-stopped');

  const halted: FakeProgram = (args) =>
    args[0] === 'show' ? (args.includes('kubelet') ? 'ActiveState=inactive' : 'ActiveState=active') : undefined;
  const other = await setUp({ systemctl: halted });
  const wait = () =>
    other.diagnostician.after({ state: 'waiting', at: 'node-ready' }, result('node-ready', 'waiting'), other.round);
  expect(await wait(), 'a wait is usual at first').toBe(false);
  await other.host.sleep(20_000);
  expect(await wait()).toBe(true);
  expect(other.last()?.id).toBe('kubelet-stopped');
  expect(other.host.lines()).toContain('systemctl restart kubelet');
});

test('applies no remedy for journal lines that are older than the last remedy', async () => {
  const down = 'container runtime is down';
  const saidAt = Date.parse(startedAt) / 1000 + 10;
  const journalctl: FakeProgram = (args) =>
    Number(args.find((arg) => arg.startsWith('@'))?.slice(1)) <= saidAt ? down : '';
  const { diagnostician, host, round } = await setUp({ journalctl });
  const wait = () =>
    diagnostician.after({ state: 'waiting', at: 'node-ready' }, result('node-ready', 'waiting'), round);
  const remedied: boolean[] = [];
  for (let look = 0; look < 5; look++) {
    remedied.push(await wait());
    await host.sleep(10_000);
  }
  expect(remedied).toEqual([false, false, true, false, false]);
});

test('applies no remedy while a person runs kubeadm on the host', async () => {
  const halted: FakeProgram = (args) =>
    args[0] === 'show' ? (args.includes('kubelet') ? 'ActiveState=inactive' : 'ActiveState=active') : undefined;
  const { diagnostician, host, round, last } = await setUp({
    systemctl: halted,
    pgrep: () => '515 kubeadm reset -f\n',
  });
  const wait = () =>
    diagnostician.after({ state: 'waiting', at: 'node-ready' }, result('node-ready', 'waiting'), round);
  await wait();
  await host.sleep(20_000);
  expect(await wait()).toBe(false);
  expect(last()?.id).toBe('kubelet-stopped');
  expect(host.lines()).not.toContain('systemctl restart kubelet');
  host.programs.pgrep = () => ({ exitCode: 1 });
  await host.sleep(20_000);
  expect(await wait()).toBe(true);
});

test('clears the diagnosis once the host waits for an operator’s decision', async () => {
  const { diagnostician, round, fail, last } = await setUp();
  await fail('packages', 'unheard of');
  expect(last()).not.toBeNull();
  const waits = { ...result('kubeadm-init', 'waiting'), code: 'cluster-lost' };
  await diagnostician.after({ state: 'waiting', at: 'kubeadm-init' }, waits, round);
  expect(last()).toBeNull();
});
