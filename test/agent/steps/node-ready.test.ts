import { describe, expect, it } from 'vitest';
import { nodeReady } from '../../../agent/steps/node-ready.ts';
import type { NodeFacts } from '../../../shared/protocol/facts.ts';
import { testContext } from './context.ts';
import { node } from './node-facts.ts';

describe('node-ready', () => {
  const seen = (found: NodeFacts | null) => nodeReady.check(testContext('node-ready', { node: async () => found }));

  it('is done once the Node is Ready', async () => {
    expect(await seen(node({}))).toEqual({ state: 'done' });
  });

  it('is not done on a runtime other than the planned one, even when the Node is Ready', async () => {
    const { settings } = testContext('node-ready').assignment;
    const other = settings.runtime.name === 'docker' ? 'containerd://1.6' : 'docker://20';
    expect(await seen(node({ runtimeVersion: other }))).toMatchObject({
      state: 'waiting',
      message: { en: expect.stringContaining(other) },
    });
  });

  it('waits with the Node’s own reason', async () => {
    const message = 'KubeletNotReady: PLEG is not healthy';
    expect(await seen(node({ ready: false, reason: message }))).toEqual({
      state: 'waiting',
      message: { en: message, zh: message },
    });
  });

  it('waits while there is no Node, and says where to look', async () => {
    expect(await seen(null)).toMatchObject({ state: 'waiting', remedy: { en: expect.stringContaining('journalctl') } });
  });

  it('reports that the network plugin is still starting', async () => {
    const reason = 'KubeletNotReady: runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady';
    expect(await seen(node({ ready: false, reason }))).toMatchObject({
      state: 'waiting',
      message: { en: expect.stringMatching(/^waiting for the network plugin \(.+\)/) },
    });
  });

  it('restarts a kubelet that has not read the new network configuration, until the Node is Ready', async () => {
    const reason = 'KubeletNotReady: runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady';
    let looks = 0;
    const context = testContext('node-ready', {
      files: { '/proc/uptime': '5000.00 9000.00\n' },
      programs: {
        systemctl: () => 'ActiveState=active\nActiveEnterTimestampMonotonic=4000000000\n',
        find: () => '/etc/cni/net.d/10-flannel.conflist\n',
      },
      node: async () => {
        looks += 1;
        return looks > 3 ? node({}) : node({ ready: false, reason });
      },
    });
    expect(await nodeReady.check(context)).toMatchObject({ state: 'todo' });
    await nodeReady.apply(context);
    expect([looks, context.host.lines().at(-1)]).toEqual([4, 'systemctl restart kubelet']);
  });
});
