import { describe, expect, test } from 'vitest';
import type { StepId } from '../../../shared/steps/catalogue.ts';
import { verbatim } from '../../../shared/text/local-text.ts';
import { settle, setUp, targetOf } from '../loop-support.ts';
import { sampleAssignment, sampleFacts } from '../samples.ts';

const cluster = { caPem: 'pem', caSha256: 'a'.repeat(64) };

describe('the loop', () => {
  test('gathers facts and findings without an assignment, and changes nothing', async () => {
    const { log, state, stop } = await setUp();
    await settle();
    expect(log).toEqual(['facts']);
    expect(state.findings).not.toEqual([]);
    expect(state.steps).toBeUndefined();
    await stop();
  });

  test('changes nothing while the host is paused, and works once it is resumed', async () => {
    const { loop, log, state, stop } = await setUp();
    const hold = { kind: 'paused' as const, reason: { en: 'paused', zh: '已暂停' } };
    loop.onTarget({ ...targetOf(sampleAssignment()), hold });
    await settle();
    loop.wake();
    await settle();
    expect(new Set(log)).toEqual(new Set(['facts']));
    expect(state.steps?.every((step) => step.state === 'pending')).toBe(true);
    loop.onTarget(targetOf(sampleAssignment()));
    await settle();
    expect(loop.isDone()).toBe(true);
    await stop();
  });

  test('leaves instead of working when asked to', async () => {
    const { loop, log, stop } = await setUp();
    loop.onTarget({ ...targetOf(sampleAssignment()), leave: { id: 'reset-1', what: 'reset', giveUpCluster: false } });
    await settle();
    expect(log).toContain('leave reset');
    expect(log.filter((line) => line.startsWith('check'))).toEqual([]);
    await stop();
  });

  test('applies the steps of its role in order, then rests', async () => {
    const { loop, log, state, stop } = await setUp();
    loop.onTarget(targetOf(sampleAssignment()));
    await settle();
    const checks = log.filter((line) => line.startsWith('check'));
    expect(checks[0]).toBe('check host-name');
    expect(checks.at(-1)).toBe('check node-ready');
    expect(checks).not.toContain('check kubeadm-init');
    expect(loop.isDone()).toBe(true);
    expect(state.steps?.every((step) => step.state === 'done')).toBe(true);
    const before = log.length;
    await settle();
    expect(log).toHaveLength(before);
    await stop();
  });

  test('changes nothing while a finding blocks, and continues once it is resolved', async () => {
    const { loop, log, state, machine, stop } = await setUp({}, { leftovers: ['/var/lib/etcd'] });
    loop.onTarget(targetOf(sampleAssignment()));
    await settle();
    expect(log.filter((line) => line !== 'facts')).toEqual([]);
    expect(state.steps?.every((step) => step.state === 'pending')).toBe(true);
    machine.facts = sampleFacts();
    await settle();
    expect(loop.isDone()).toBe(true);
    await stop();
  });

  test('changes nothing on a Node that uses a runtime other than the planned one', async () => {
    const { software } = sampleFacts();
    const { loop, log, stop } = await setUp({}, { software: { ...software, nodeRuntime: 'docker' } });
    loop.onTarget(targetOf(sampleAssignment()));
    await settle();
    expect(log.filter((line) => line !== 'facts')).toEqual([]);
    await stop();
  });

  test('checks the waiting step again, not the steps before it', async () => {
    let polls = 0;
    const { loop, log, state, stop } = await setUp({
      'node-ready': {
        async check() {
          polls += 1;
          return polls > 3 ? { state: 'done' } : { state: 'waiting', message: verbatim('NotReady') };
        },
      },
    });
    loop.onTarget(targetOf(sampleAssignment()));
    await settle();
    expect(loop.isDone()).toBe(true);
    expect(log.filter((line) => line === 'check node-ready')).toHaveLength(4);
    expect(log.filter((line) => line === 'check packages')).toHaveLength(1);
    expect(state.steps?.at(-1)).toMatchObject({ id: 'node-ready', state: 'done' });
    await stop();
  });

  test('does not restart its work when a cluster appears, and then joins', async () => {
    const gate = Promise.withResolvers<void>();
    const seen: (string | null)[] = [];
    const { loop, log, stop } = await setUp({
      packages: {
        async check() {
          await gate.promise;
          return { state: 'done' };
        },
      },
      'kubeadm-join': {
        async check({ assignment }) {
          seen.push(assignment.cluster?.caSha256 ?? null);
          return assignment.cluster === null
            ? { state: 'waiting', message: verbatim('for the control plane') }
            : { state: 'done' };
        },
      },
    });
    loop.onTarget(targetOf(sampleAssignment()));
    await settle();
    loop.onTarget(targetOf(sampleAssignment({ cluster })));
    gate.resolve();
    await settle();
    expect(loop.isDone()).toBe(true);
    expect(seen).toEqual([null, cluster.caSha256]);
    expect(log.filter((line) => line === 'check packages')).toHaveLength(1);
    await stop();
  });

  test('does not restart its work when its turn comes, and then runs what waited for it', async () => {
    const { loop, log, stop } = await setUp({
      packages: {
        check: async ({ assignment }) =>
          assignment.installsAfter === null
            ? { state: 'done' }
            : { state: 'waiting', message: verbatim('for master01') },
      },
    });
    loop.onTarget(targetOf(sampleAssignment({ installsAfter: 'master01' })));
    await settle();
    expect(loop.isDone()).toBe(false);
    loop.onTarget(targetOf(sampleAssignment()));
    await settle();
    expect(loop.isDone()).toBe(true);
    expect(log.filter((line) => line === 'check host-name')).toHaveLength(1);
    await stop();
  });

  test('stops work on the old assignment when the assignment changes', async () => {
    const versions: string[] = [];
    const { loop, stop } = await setUp({
      images: {
        check({ assignment, signal }) {
          versions.push(assignment.settings.kubernetes.version);
          if (versions.length > 1) return Promise.resolve({ state: 'done' });
          return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        },
      },
    });
    const first = sampleAssignment();
    loop.onTarget(targetOf(first));
    await settle();
    const kubernetes = { ...first.settings.kubernetes, version: '1.24.0' };
    loop.onTarget(targetOf({ ...first, settings: { ...first.settings, kubernetes } }));
    await settle();
    expect(versions).toEqual(['1.23.0', '1.24.0']);
    expect(loop.isDone()).toBe(true);
    await stop();
  });

  test('retries a failed step, and reports the steps after it as pending', async () => {
    let tries = 0;
    const gate = Promise.withResolvers<void>();
    const { loop, state, stop } = await setUp({
      packages: {
        async check() {
          if (tries > 1) await gate.promise;
          return tries > 1 ? { state: 'done' } : { state: 'todo', message: verbatim('not installed') };
        },
        async apply() {
          tries += 1;
          throw new Error('mirror away');
        },
      },
    });
    loop.onTarget(targetOf(sampleAssignment()));
    await settle();
    const of = (id: StepId) => state.steps?.find((step) => step.id === id);
    expect(of('packages')).toMatchObject({ state: 'failed', message: 'mirror away', attempts: 2 });
    expect(of('images')?.state).toBe('pending');
    gate.resolve();
    await settle();
    expect(loop.isDone()).toBe(true);
    expect(of('packages')?.state).toBe('done');
    await stop();
  });

  test('checks everything again on a wake, and corrects drift', async () => {
    let drifted = false;
    const { loop, log, stop } = await setUp({
      sysctls: {
        check: async () => (drifted ? { state: 'todo', message: verbatim('ip_forward is 0') } : { state: 'done' }),
        async apply() {
          drifted = false;
        },
      },
    });
    loop.onTarget(targetOf(sampleAssignment()));
    await settle();
    drifted = true;
    loop.wake();
    await settle();
    expect(log.filter((line) => line.startsWith('apply'))).toEqual(['apply sysctls']);
    expect(loop.isDone()).toBe(true);
    await stop();
  });

  test('changes nothing on a host that was removed from the plan', async () => {
    const { loop, log, stop } = await setUp();
    loop.onTarget(targetOf(sampleAssignment()));
    await settle();
    const before = log.length;
    loop.onTarget(targetOf(null));
    await settle();
    expect(log.slice(before)).toEqual(['facts']);
    expect(loop.isDone()).toBe(false);
    await stop();
  });
});
