import { describe, expect, test } from 'vitest';
import { verbatim } from '../../../shared/text/local-text.ts';
import { done, setUp, states, step, todo } from '../runner-support.ts';

describe('a step that a finding blocks', () => {
  test('is not applied and names the check; steps that do not need it are applied', async () => {
    const log: string[] = [];
    const { run, told, block, journal } = await setUp();
    block('runtime-config', 'docker-config');
    const steps = ['swap', 'runtime-config', 'packages', 'journal'] as const;
    expect(await run(...steps.map((id) => step(id, log)))).toEqual({ state: 'blocked', at: 'runtime-config' });
    expect(log).toEqual(['apply swap', 'apply journal']);
    const blocked = told.filter(({ state }) => state === 'blocked');
    expect(blocked.map(({ id, code }) => [id, code])).toEqual([
      ['runtime-config', 'docker-config'],
      ['packages', 'docker-config'],
    ]);
    expect(journal.entry('runtime-config')).toBeUndefined();
  });

  test('blocks the steps that need it through steps that are done', async () => {
    const log: string[] = [];
    const { run, told, block } = await setUp();
    block('runtime-config', 'docker-config');
    const holds = { check: async () => done };
    await run(step('runtime-config', log), step('packages', log, holds), step('runtime', log), step('images', log));
    expect(log).toEqual([]);
    expect(states(told)).toEqual(['runtime-config blocked', 'packages done', 'runtime blocked', 'images blocked']);
  });

  test('is done if its check holds, and blocks nothing', async () => {
    const log: string[] = [];
    const { run, block } = await setUp();
    block('kubeadm-join', 'memory');
    const end = await run(step('kubeadm-join', log, { check: async () => done }), step('node-ready', log));
    expect(end).toEqual({ state: 'done' });
    expect(log).toEqual(['apply node-ready']);
  });

  test('is blocked, not failed, if its check cannot read what is broken', async () => {
    const { run, told, block, bugs } = await setUp();
    block('runtime-config', 'docker-config');
    await run(step('runtime-config', [], { check: () => Promise.reject(new SyntaxError('not JSON')) }));
    expect(states(told)).toEqual(['runtime-config blocked']);
    expect(bugs).toEqual([]);
  });

  test('is applied all the same while a program of an earlier attempt runs, to adopt it', async () => {
    const { run, block, journal, host } = await setUp();
    await journal.begin('packages', false);
    host.units.set('packages', { state: 'running', result: { exitCode: 0, tail: [] } });
    block('packages', 'package-version');
    const log: string[] = [];
    expect(await run(step('packages', log))).toEqual({ state: 'done' });
    expect(log).toEqual(['apply packages']);
  });

  test('does not hide that another step failed, and a later wait does not hide that it is blocked', async () => {
    const { run, block } = await setUp();
    block('runtime-config', 'docker-config');
    const failing = step('journal', [], { check: async () => todo });
    expect(await run(step('runtime-config', []), failing)).toMatchObject({ state: 'failed', at: 'journal' });
    const waiting = step('node-ready', [], { check: async () => ({ state: 'waiting', message: verbatim('x') }) });
    expect(await run(step('runtime-config', []), waiting)).toEqual({ state: 'blocked', at: 'runtime-config' });
  });
});

describe('a failed step', () => {
  const failing = () => step('kernel-modules', [], { check: async () => todo });

  test('ends the round on a host that never matched its assignment', async () => {
    const log: string[] = [];
    const { run } = await setUp();
    expect(await run(failing(), step('journal', log))).toMatchObject({ state: 'failed', at: 'kernel-modules' });
    expect(log).toEqual([]);
  });

  test('holds up only the steps that need it on a host that did', async () => {
    const log: string[] = [];
    const { run, settle } = await setUp();
    settle('correct');
    const end = await run(failing(), step('sysctls', log), step('journal', log));
    expect(end).toMatchObject({ state: 'failed', at: 'kernel-modules' });
    expect(log).toEqual(['apply journal']);
  });
});
