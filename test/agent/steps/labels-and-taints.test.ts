import { describe, expect, it } from 'vitest';
import { labelsAndTaints } from '../../../agent/steps/labels-and-taints.ts';
import type { NodeFacts } from '../../../shared/protocol/facts.ts';
import { testContext } from './context.ts';
import { node } from './node-facts.ts';

describe('labels-and-taints', () => {
  function seen(found: NodeFacts | null) {
    const context = testContext('labels-and-taints', { node: async () => found });
    context.assignment.host.labels = { disk: 'ssd' };
    context.assignment.host.taints = [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }];
    return labelsAndTaints.check(context);
  }
  const taint = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' };

  it('are done when the Node has them, whatever else it has', async () => {
    const taints = [{ key: 'other', effect: 'NoExecute' }, taint];
    expect(await seen(node({ labels: { disk: 'ssd', a: 'b' }, taints }))).toEqual({ state: 'done' });
  });

  it.each([
    [node({ labels: { disk: 'hdd' }, taints: [taint] }), 'disk=ssd'],
    [node({ labels: { disk: 'ssd' }, taints: [{ ...taint, value: 'cpu' }] }), 'dedicated=gpu:NoSchedule'],
  ])('are waited for and named when the Node lacks one', async (found, missing) => {
    expect(await seen(found)).toEqual({
      state: 'waiting',
      message: { en: `waiting for the control plane to set ${missing}`, zh: `等待控制平面设置 ${missing}` },
    });
  });

  it('are waited for while the Node cannot be read', async () => {
    expect(await seen(null)).toMatchObject({ state: 'waiting' });
  });
});
