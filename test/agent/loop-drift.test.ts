import { describe, expect, test } from 'vitest';
import { settle, setUp, targetOf } from './loop-support.ts';
import { sampleAssignment } from './samples.ts';

describe('a host that was as planned once', () => {
  /** A host on which the step `swap` does not hold any more, after a first round in which all held. */
  async function drifted(driftCorrection: 'correct' | 'report', isNode: boolean) {
    const machine = await setUp({
      swap: {
        check: async ({ host }) =>
          (await host.exists('/swap')) ? { state: 'todo', message: 'swap is on' } : { state: 'done' },
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

  test('is corrected, and the drift stays told', async () => {
    const { row, isOn } = await drifted('correct', true);
    expect(isOn).toBe(false);
    expect(row).toMatchObject({ state: 'done', drift: { seen: 'swap is on', corrected: true } });
  });

  test('is left as it is where the plan wants drift reported', async () => {
    const { row, isOn } = await drifted('report', true);
    expect(isOn).toBe(true);
    expect(row).toMatchObject({ state: 'drifted', message: 'swap is on', drift: { corrected: false } });
  });

  test('is corrected all the same while it is no Node', async () => {
    expect(await drifted('report', false)).toMatchObject({ isOn: false, row: { drift: { corrected: true } } });
  });
});
