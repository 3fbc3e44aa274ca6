import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../../agent/steps/step.ts';
import { MusterError } from '../../../shared/errors/errors.ts';
import { verbatim } from '../../../shared/text/local-text.ts';
import { type FakeHost, fakeHost } from '../fake-host.ts';
import { done, setUp, states, step, todo, written } from '../runner-support.ts';

describe('a step that no longer holds on a host that was as planned', () => {
  const drifted = { at: '2026-01-01T00:00:00.000Z', seen: 'not there' };

  test('is corrected and reported', async () => {
    const { run, told, said, settle, journal } = await setUp();
    settle('correct');
    const log: string[] = [];
    expect(await run(step('swap', log))).toEqual({ state: 'done' });
    expect(log).toEqual(['apply swap']);
    expect(said).toEqual([expect.stringContaining('not there'), expect.any(String)]);
    expect(told.find(({ state }) => state === 'applying')?.message).toBe('correcting drift: not there');
    expect(told.at(-1)).toMatchObject({ state: 'done', attempts: 1, drift: { ...drifted, corrected: true } });
    expect(journal.entry('swap')?.state).toBe('done');
  });

  test('is reported without correction where the plan says so, and the next step is checked', async () => {
    const { run, told, settle, host } = await setUp();
    settle('report');
    const log: string[] = [];
    expect(await run(step('swap', log), step('sysctls', log))).toEqual({ state: 'done' });
    expect(log).toEqual([]);
    expect(host.written).toEqual([]);
    expect(told.filter(({ state }) => state === 'drifted').map(({ id }) => id)).toEqual(['swap', 'sysctls']);
    expect(told.at(-1)).toMatchObject({
      message: 'not there',
      remedy: expect.stringContaining('driftCorrection: correct'),
      drift: { ...drifted, corrected: false },
    });
  });

  test('is not cleaned up after an earlier attempt where drift is only reported', async () => {
    const { run, journal, settle } = await setUp();
    await journal.begin('kubeadm-join', true);
    await journal.end('kubeadm-join', 'failed');
    settle('report');
    const log: string[] = [];
    await run(step('kubeadm-join', log, { cleanUp: async () => void log.push('clean up') }));
    expect(log).toEqual([]);
  });
});

describe('runSteps', () => {
  test('applies missing steps in order, and checks again', async () => {
    const log: string[] = [];
    const { run, told, journal } = await setUp();
    expect(await run(step('swap', log), step('packages', log))).toEqual({ state: 'done' });
    expect(log).toEqual(['apply swap', 'apply packages']);
    expect(states(told).slice(0, 3)).toEqual(['swap checking', 'swap applying', 'swap done']);
    expect(journal.entry('packages')).toMatchObject({ state: 'done', attempts: 1 });
    expect(told.at(-1)).toMatchObject({ id: 'packages', state: 'done', attempts: 1 });
  });

  test('applies and writes nothing when every check holds', async () => {
    const { run, host } = await setUp();
    await run({ id: 'swap', check: async () => done, apply: () => Promise.reject(new Error('applied')) });
    expect(host.written).toEqual([]);
  });

  test('records a step before applying it', async () => {
    const { run, host } = await setUp();
    const seen: string[] = [];
    await run(
      step('kubeadm-join', [], {
        async apply() {
          const { owns, steps } = await written(host);
          seen.push(`${owns} ${steps['kubeadm-join']?.state}`);
        },
      }),
    );
    expect(seen).toEqual(['true applying']);
  });

  test('records muster as the owner of a node only for steps that create one', async () => {
    const { run, journal } = await setUp();
    await run(step('packages', []));
    expect(journal.owns()).toBe(false);
    await run(step('kubeadm-init', []));
    expect(journal.owns()).toBe(true);
  });

  test('stops at a step that waits', async () => {
    const log: string[] = [];
    const { run, told } = await setUp();
    const waiting = step('kubeadm-join', log, {
      check: async () => ({
        state: 'waiting',
        message: { en: 'for the control plane', zh: '等待控制平面' },
        remedy: verbatim('look'),
      }),
    });
    expect(await run(waiting, step('node-ready', log))).toEqual({ state: 'waiting', at: 'kubeadm-join' });
    expect(log).toEqual([]);
    expect(told.at(-1)).toMatchObject({
      state: 'waiting',
      message: 'for the control plane',
      zh: { message: '等待控制平面', remedy: 'look' },
    });
  });

  test('reports a failure with its remedy and stops', async () => {
    const { run, told, journal, bugs } = await setUp();
    const failing = step('packages', [], {
      apply: () =>
        Promise.reject(
          new MusterError('program-failed', { command: 'apt-get', reason: 'no such version', fix: 'choose another' }),
        ),
    });
    expect(await run(failing, step('runtime', []))).toMatchObject({
      at: 'packages',
      problem: { code: 'program-failed' },
    });
    expect(told.at(-1)).toMatchObject({
      state: 'failed',
      message: 'apt-get: no such version',
      remedy: 'choose another',
    });
    expect(journal.entry('packages')?.state).toBe('failed');
    expect(bugs).toEqual([]);
  });

  test('fails when the check still does not hold after apply, with what was observed', async () => {
    const { run, told } = await setUp();
    const end = await run(step('swap', [], { check: async () => todo }));
    expect(end).toMatchObject({ state: 'failed', at: 'swap', problem: { code: 'step-without-effect' } });
    const coded = await run(step('swap', [], { check: async () => ({ ...todo, code: 'seen-still' }) }));
    expect(coded).toMatchObject({ problem: { code: 'seen-still' } });
    expect(told.at(-1)?.message).toContain('not there');
  });

  test('treats a bug in a check as a failure and keeps its stack', async () => {
    const { run, bugs } = await setUp();
    const bug = new TypeError('x is not a function');
    const end = await run(step('swap', [], { check: () => Promise.reject(bug) }));
    expect(end).toMatchObject({ state: 'failed', at: 'swap' });
    expect(bugs.map(({ stack }) => stack)).toEqual([bug.stack]);
  });

  test('counts attempts and cleans up after a failure before the next one', async () => {
    const log: string[] = [];
    const { run, journal } = await setUp();
    let broken = true;
    const fragile = step('kubeadm-join', log, {
      check: async () => (broken ? todo : done),
      async apply() {
        log.push('apply');
        if (journal.entry('kubeadm-join')?.attempts === 1) throw new Error('half-way');
        broken = false;
      },
      cleanUp: async () => void log.push('clean up'),
    });
    await run(fragile);
    expect(await run(fragile)).toEqual({ state: 'done' });
    expect(log).toEqual(['apply', 'clean up', 'apply']);
    expect(journal.entry('kubeadm-join')).toMatchObject({ state: 'done', attempts: 2 });
  });

  test('waits before cleaning up where something outside must happen first', async () => {
    const log: string[] = [];
    const { run, journal } = await setUp();
    await journal.begin('kubeadm-join', true);
    await journal.end('kubeadm-join', 'failed');
    const waiting: CheckResult = { state: 'waiting', message: verbatim('for the control plane') };
    await run(
      step('kubeadm-join', log, { check: async () => waiting, cleanUp: async () => void log.push('clean up') }),
    );
    expect(log).toEqual([]);
  });
});

describe('after a crash', () => {
  /** An agent that crashed right after recording the step. */
  async function crashed(): Promise<FakeHost> {
    const { host, journal } = await setUp();
    await journal.begin('kubeadm-init', true);
    return host;
  }

  test('adopts a program that still runs, without cleaning up or counting again', async () => {
    const host = await crashed();
    host.units.set('kubeadm-init', { state: 'running', result: { exitCode: 0, tail: ['done'] } });
    const log: string[] = [];
    const { run, journal } = await setUp(host);
    let created = false;
    const init = step('kubeadm-init', log, {
      check: async () => (created ? done : todo),
      async apply(context) {
        const { exitCode } = await context.runLong('kubeadm', ['init']);
        log.push(`adopted ${exitCode}`);
        created = true;
      },
      cleanUp: async () => void log.push('clean up'),
    });
    expect(await run(init)).toEqual({ state: 'done' });
    expect(log).toEqual(['adopted 0']);
    expect(host.lines()).toEqual([]);
    expect(journal.entry('kubeadm-init')?.attempts).toBe(1);
  });

  test('runs no check while the program runs: half a cluster can look complete', async () => {
    const host = await crashed();
    host.units.set('kubeadm-init', { state: 'running', result: { exitCode: 0, tail: [] } });
    const log: string[] = [];
    const { run } = await setUp(host);
    await run(
      step('kubeadm-init', log, {
        async check() {
          log.push('check');
          return done;
        },
      }),
    );
    expect(log).toEqual(['apply kubeadm-init', 'check']);
  });

  test('cleans up and applies again when no result is known', async () => {
    const log: string[] = [];
    const { run } = await setUp(await crashed());
    await run(step('kubeadm-init', log, { cleanUp: async () => void log.push('clean up') }));
    expect(log).toEqual(['clean up', 'apply kubeadm-init']);
  });

  test('does not repeat what has completed', async () => {
    const log: string[] = [];
    const { run, journal } = await setUp(await crashed());
    const finished = step('kubeadm-init', log, {
      check: async () => done,
      cleanUp: async () => void log.push('clean up'),
    });
    expect(await run(finished)).toEqual({ state: 'done' });
    expect(log).toEqual([]);
    expect(journal.entry('kubeadm-init')?.state).toBe('done');
  });

  test('cleans up again after a cleanup that failed', async () => {
    const host = await crashed();
    const log: string[] = [];
    const dies = step('kubeadm-init', log, { cleanUp: () => Promise.reject(new Error('kubeadm reset failed')) });
    expect(await (await setUp(host)).run(dies)).toEqual({ state: 'failed', at: 'kubeadm-init' });
    await (await setUp(host)).run(step('kubeadm-init', log, { cleanUp: async () => void log.push('clean up') }));
    expect(log).toEqual(['clean up', 'apply kubeadm-init']);
  });

  test('leaves the journal at "applying" when stopped midway', async () => {
    const controller = new AbortController();
    const { run, host } = await setUp(fakeHost(), controller.signal);
    const stopped = step('packages', [], {
      async apply() {
        controller.abort();
        throw controller.signal.reason;
      },
    });
    await expect(run(stopped)).rejects.toThrow(/abort/i);
    expect((await written(host)).steps.packages?.state).toBe('applying');
  });
});
