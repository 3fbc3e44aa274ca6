import { describe, expect, test } from 'vitest';
import { holdServicePackets } from '../../../agent/machine/service-packets.ts';
import type { CheckResult } from '../../../agent/steps/step.ts';
import { verbatim } from '../../../shared/text/local-text.ts';
import { settle, setUp, targetOf } from '../loop-support.ts';
import { sampleAssignment } from '../samples.ts';

test('packets to services are released once the check of every step holds', async () => {
  const held = '/run/muster-agent/service-packets-held';
  const checks: CheckResult[] = [{ state: 'waiting', message: verbatim('the network plugin is starting') }];
  const { loop, host, stop } = await setUp({ 'node-ready': { check: async () => checks[0] ?? { state: 'done' } } });
  host.programs.iptables = () => '';
  await holdServicePackets(host, '10.96.0.0/12');
  loop.onTarget(targetOf(sampleAssignment()));
  await settle();
  expect(host.files.has(held)).toBe(true);
  checks.length = 0;
  loop.wake();
  await settle();
  await stop();
  expect(host.files.has(held)).toBe(false);
  expect(host.lines().at(-1)).toMatch(/^iptables -w -D OUTPUT -d 10.96.0.0\/12 /);
});

describe('a host that was as planned once', () => {
  /** A host on which the step `swap` no longer holds, after a first round in which every step did. */
  async function drifted(driftCorrection: 'correct' | 'report', isNode: boolean) {
    const machine = await setUp({
      swap: {
        check: async ({ host }) =>
          (await host.exists('/swap')) ? { state: 'todo', message: verbatim('swap is on') } : { state: 'done' },
        apply: ({ host }) => host.removeFile('/swap'),
      },
    });
    const assignment = sampleAssignment();
    assignment.settings.preparation.driftCorrection = driftCorrection;
    const { files } = machine.host;
    if (isNode) files.set('/etc/kubernetes/kubelet.conf', { content: 'x', mode: 0o600 });
    machine.loop.onTarget(targetOf(assignment));
    await settle();
    expect(machine.loop.isDone()).toBe(true);
    files.set('/swap', { content: '', mode: 0o600 });
    machine.loop.wake();
    await settle();
    const row = machine.state.steps?.find(({ id }) => id === 'swap');
    await machine.stop();
    return { row, isOn: files.has('/swap') };
  }

  test('is corrected, and the drift stays reported', async () => {
    const { row, isOn } = await drifted('correct', true);
    expect(isOn).toBe(false);
    expect(row).toMatchObject({ state: 'done', drift: { seen: 'swap is on', corrected: true } });
  });

  test('is not corrected where the plan says to report drift', async () => {
    const { row, isOn } = await drifted('report', true);
    expect(isOn).toBe(true);
    expect(row).toMatchObject({ state: 'drifted', message: 'swap is on', drift: { corrected: false } });
  });

  test('is completed after it became a Node again, although the plan says to report drift', async () => {
    const node = '/etc/kubernetes/kubelet.conf';
    let isWaiting = false;
    const machine = await setUp({
      'kubeadm-join': {
        check: async ({ host }) =>
          (await host.exists(node)) ? { state: 'done' } : { state: 'todo', message: verbatim('not joined') },
        apply: ({ host }) => host.writeFile(node, 'x'),
      },
      'labels-and-taints': {
        async check() {
          isWaiting = !isWaiting;
          return isWaiting ? { state: 'waiting', message: verbatim('no labels yet') } : { state: 'done' };
        },
      },
      'load-balancer': {
        check: async ({ host }) =>
          (await host.exists('/balancer')) ? { state: 'done' } : { state: 'todo', message: verbatim('no balancer') },
        apply: ({ host }) => host.writeFile('/balancer', ''),
      },
    });
    const assignment = sampleAssignment();
    assignment.settings.preparation.driftCorrection = 'report';
    machine.loop.onTarget(targetOf(assignment));
    await settle();
    expect(machine.loop.isDone()).toBe(true);
    for (const path of [node, '/balancer']) machine.host.files.delete(path);
    machine.loop.wake();
    await settle();
    await settle();
    expect(machine.loop.isDone()).toBe(true);
    await machine.stop();
    expect(machine.host.files.has('/balancer')).toBe(true);
  });

  test('is corrected anyway while it is not a Node', async () => {
    expect(await drifted('report', false)).toMatchObject({ isOn: false, row: { drift: { corrected: true } } });
  });
});
