import { beforeEach, expect, test } from 'vitest';
import { createRetrier } from '../../../agent/link/retry.ts';
import { createLeave } from '../../../agent/loop/leave.ts';
import { pathsBelow } from '../../../agent/paths.ts';
import { MusterError } from '../../../shared/errors/errors.ts';
import { silentLogger } from '../../../shared/logger.ts';
import type { DutyResult } from '../../../shared/protocol/duty.ts';
import { type TestContext, testContext } from '../steps/context.ts';

const paths = pathsBelow('/');
const kubeletConf = '/etc/kubernetes/kubelet.conf';
const reset = { id: 'reset-op-1', what: 'reset', giveUpCluster: false } as const;
const uninstall = { id: 'uninstall-op-1', what: 'uninstall', giveUpCluster: false } as const;

let context: TestContext;
/** The reports to the coordinator, each with the programs run before it. */
let told: { id: string; result: DutyResult; lines: string[] }[];
/** The coordinator's answers in order; without one: 204. */
let answers: MusterError[];
let owns: boolean;
/** Called while the coordinator answers. */
let onAnswer: () => void;

beforeEach(() => {
  told = [];
  answers = [];
  owns = true;
  onAnswer = () => undefined;
  context = testContext('kubeadm-join', {
    files: { [kubeletConf]: 'x' },
    programs: {
      kubeadm: () => void context.host.files.delete(kubeletConf),
      systemctl: () => '',
      'systemd-run': () => '',
    },
  });
});

const leave = () =>
  createLeave({
    host: context.host,
    paths,
    journal: { owns: () => owns },
    client: {
      async dutyResult(id, result) {
        told.push({ id, result, lines: context.host.lines() });
        onAnswer();
        const answer = answers.shift();
        if (answer !== undefined) throw answer;
      },
    },
    untilDone: createRetrier({ sleep: context.host.sleep, log: silentLogger() }),
    log: silentLogger(),
    stopping: new AbortController().signal,
  });
const uninstalls = (lines = context.host.lines()) => lines.filter((line) => line.includes('uninstall.sh --yes'));

test('resets the host and reports it', async () => {
  await leave().perform(reset, context);
  expect(context.host.lines()).toContainEqual(expect.stringMatching(/^kubeadm reset --force/));
  expect(told).toMatchObject([{ id: 'reset-op-1', result: { outcome: 'done' } }]);
  expect(uninstalls()).toEqual([]);
});

test('removes nothing that muster did not create', async () => {
  owns = false;
  await leave().perform(reset, context);
  expect(context.host.files.has(kubeletConf)).toBe(true);
  expect(told).toMatchObject([{ id: 'reset-op-1', result: { outcome: 'done' } }]);
});

test('removes nothing while a join is still running, and reports that', async () => {
  context.host.units.set('kubeadm-join', { state: 'running', result: { exitCode: 0, tail: [] } });
  await leave().perform(reset, context);
  expect(told[0]?.result).toMatchObject({
    outcome: 'failed',
    message: { en: expect.stringContaining('kubeadm-join') },
  });
  expect(context.host.files.has(kubeletConf)).toBe(true);
});

test('uninstalls the agent only after the coordinator has acknowledged the departure', async () => {
  answers = [new MusterError('unreachable', { url: 'https://192.0.2.1:7443', reason: 'timeout' })];
  await leave().perform(uninstall, context);
  expect(told).toHaveLength(2);
  expect(told.flatMap(({ lines }) => uninstalls(lines))).toEqual([]);
  expect(uninstalls()).toHaveLength(1);
});

test('reports the departure only once muster’s changes are reverted', async () => {
  const link = '/etc/systemd/system/multi-user.target.wants/containerd.service';
  const changes = { packages: [], paths: [link], version: '1.20.2-00' };
  context.host.files.set('/var/lib/muster-agent/package-changes.json', {
    content: JSON.stringify(changes),
    mode: 0o600,
  });
  context.host.links.set(link, '/lib/systemd/system/containerd.service');
  await leave().perform(uninstall, context);
  expect(told[0]?.lines).toContain('systemctl disable --now containerd.service');
  expect(uninstalls(told[0]?.lines)).toEqual([]);
});

test('uninstalls the agent also when the acknowledgement ends the round: it changes the target', async () => {
  const round = new AbortController();
  onAnswer = () => round.abort();
  await leave().perform(uninstall, { ...context, signal: round.signal });
  expect(uninstalls()).toHaveLength(1);
});

test('stays and reports why when the host cannot be reset', async () => {
  context.host.programs.kubeadm = () => ({ exitCode: 1, stderr: 'error: device busy' });
  await leave().perform(uninstall, context);
  expect(told[0]?.result).toMatchObject({ outcome: 'failed', message: { en: expect.stringContaining('device busy') } });
  expect(uninstalls()).toEqual([]);
});

test('continues after a crash during departure: a refused credential means the departure is known', async () => {
  context.host.files.set(paths.leaving, { content: 'uninstall-op-1\n', mode: 0o600 });
  answers = [new MusterError('host-retired', { host: 'node01' })];
  await leave().goOn();
  expect(uninstalls()).toHaveLength(1);
});

test('stays when the departure was cancelled', async () => {
  context.host.files.set(paths.leaving, { content: 'uninstall-op-1\n', mode: 0o600 });
  answers = [new MusterError('duty-unknown', { host: 'node01', id: 'op-1' })];
  await leave().goOn();
  expect(uninstalls()).toEqual([]);
  expect(context.host.files.has(paths.leaving)).toBe(false);
});
