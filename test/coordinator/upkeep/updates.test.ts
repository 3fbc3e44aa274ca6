import { describe, expect, it } from 'vitest';
import { type UpdateHost, updateStates } from '../../../coordinator/upkeep/updates.ts';
import { verbatim } from '../../../shared/text/local-text.ts';

const host = (name: string, more: Partial<UpdateHost> = {}): UpdateHost => ({
  name,
  role: 'worker',
  agentVersion: '0.1.0',
  update: null,
  present: true,
  ...more,
});
const states = (hosts: UpdateHost[], more: Partial<Parameters<typeof updateStates>[0]> = {}) =>
  Object.fromEntries(updateStates({ version: '0.2.0', policy: 'auto', hosts, ...more }));
const failed = { version: '0.2.0', state: 'failed', message: verbatim('it did not start') } as const;

describe('updates', () => {
  it('start with one host, a worker, and then as many as already run the new version', () => {
    const master = host('master01', { role: 'control-plane' });
    const workers = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => host(name));
    const all = [master, ...workers];
    const waves: number[] = [];
    for (let step = 0; step < 20; step += 1) {
      const asked = Object.entries(states(all)).filter(([, state]) => state === 'asked');
      if (asked.length === 0) break;
      waves.push(asked.length);
      if (step === 0) expect(asked[0]?.[0]).toBe('a');
      for (const [name] of asked)
        all.splice(
          all.findIndex((one) => one.name === name),
          1,
          host(name, { agentVersion: '0.2.0' }),
        );
    }
    expect(waves).toEqual([1, 1, 2, 4]);
    expect(new Set(Object.values(states(all)))).toEqual(new Set(['current']));
  });

  it('reach the control plane last', () => {
    const all = [host('a', { role: 'control-plane' }), host('z')];
    expect(states(all)).toEqual({ a: 'waiting', z: 'asked' });
  });

  it('stop for all hosts at the first failure, until there is a newer version', () => {
    const all = [host('a', { agentVersion: '0.2.0' }), host('b', { update: failed }), host('c')];
    expect(states(all)).toEqual({ a: 'current', b: 'failed', c: 'waiting' });
    expect(states(all, { version: '0.2.1' })).toMatchObject({ b: 'waiting', a: 'asked' });
  });

  it('skip a host that is away, and do not wait for it', () => {
    expect(states([host('a', { present: false }), host('b')])).toEqual({ a: 'away', b: 'asked' });
  });

  it('never downgrade an agent', () => {
    expect(states([host('a', { agentVersion: '0.3.0' })])).toEqual({ a: 'current' });
  });

  it('are not requested where the plan turns them off, or without a release', () => {
    expect(states([host('a')], { policy: 'off' })).toEqual({ a: 'off' });
    expect(states([host('a')], { version: null })).toEqual({ a: 'current' });
  });
});
