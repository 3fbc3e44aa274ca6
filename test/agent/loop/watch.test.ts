import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createWatch } from '../../../agent/loop/watch.ts';
import type { NodeFacts } from '../../../shared/protocol/facts.ts';
import type { Report } from '../../../shared/protocol/report.ts';

const node = (ready: boolean): NodeFacts => ({
  name: 'node01',
  ready,
  reason: ready ? '' : 'KubeletNotReady',
  kubeletVersion: 'v1.23.0',
  runtimeVersion: 'containerd://1.6.20',
  labels: {},
  taints: [],
});
const settle = async () => {
  for (let i = 0; i < 10; i += 1) await turn();
};

/** A watch whose every sleep lasts until the test ends it. */
function setUp() {
  const seen = { node: null as NodeFacts | null, asked: 0, calm: true, lost: 0 };
  const told: Partial<Report> = {};
  const slept: number[] = [];
  let endSleep = () => {};
  const watch = createWatch({
    host: {
      sleep(ms, signal) {
        slept.push(ms);
        return new Promise((resolve) => {
          endSleep = resolve;
          signal?.addEventListener('abort', () => resolve(), { once: true });
        });
      },
    },
    reporter: { tell: (state) => void Object.assign(told, state) },
    async readNode() {
      seen.asked += 1;
      return seen.node;
    },
    readCluster: async () => null,
    isCalm: () => seen.calm,
    onLost() {
      seen.lost += 1;
    },
  });
  const controller = new AbortController();
  const running = watch.run(controller.signal);
  const next = async () => {
    endSleep();
    await settle();
  };
  const stop = async () => {
    controller.abort();
    await running;
  };
  return { watch, seen, told, slept, next, stop };
}

describe('the watch', () => {
  test('does not report a node before the role of the host is known', async () => {
    const { seen, told, stop } = setUp();
    await settle();
    expect(seen.asked).toBe(0);
    expect(told).not.toHaveProperty('node');
    await stop();
  });

  test('polls rarely while the node is Ready, and often during changes', async () => {
    const { watch, seen, slept, next, stop } = setUp();
    seen.node = node(true);
    watch.poke();
    await settle();
    seen.calm = false;
    await next();
    expect(slept).toEqual([30_000, 1000]);
    await stop();
  });

  test('reports once when a Ready node becomes NotReady', async () => {
    const { watch, seen, told, next, stop } = setUp();
    seen.node = node(true);
    watch.poke();
    await settle();
    seen.node = node(false);
    await next();
    await next();
    expect(told.node).toMatchObject({ ready: false, reason: 'KubeletNotReady' });
    expect(seen.lost).toBe(1);
    await stop();
  });

  test('a poke ends the sleep', async () => {
    const { watch, seen, stop } = setUp();
    watch.poke();
    await settle();
    watch.poke();
    await settle();
    expect(seen.asked).toBe(2);
    await stop();
  });
});
