import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { watchOverNode } from '../../../agent/loop/node-sentinel.ts';
import { fakeHost } from '../fake-host.ts';

const conf = '/etc/kubernetes/kubelet.conf';
const certificate = '/var/lib/kubelet/pki/kubelet-client-current.pem';
const routes = '/proc/net/fib_trie';
const local = '|-- 192.168.0.131\n   /32 host LOCAL\n';
const settle = async () => {
  for (let i = 0; i < 20; i += 1) await turn();
};

async function setUp(files: Record<string, string> = {}) {
  const host = fakeHost({ files: { [conf]: 'a', [certificate]: 'a', [routes]: local, ...files } });
  const controller = new AbortController();
  let calls = 0;
  const running = watchOverNode(
    {
      host: { ...host, sleep: (_, signal) => new Promise((end) => signal?.addEventListener('abort', () => end())) },
      address: () => '192.168.0.131',
      onChange: () => {
        calls += 1;
      },
    },
    controller.signal,
  );
  await settle();
  return {
    async change(act: (files: typeof host.files) => void) {
      const before = calls;
      act(host.files);
      for (const { onChange } of host.watchers) onChange();
      await settle();
      return calls - before;
    },
    async stop() {
      controller.abort();
      await running;
    },
  };
}

it.each<[string, (files: Map<string, { content: string; mode: number }>) => void]>([
  ['the kubelet’s kubeconfig is removed', (files) => files.delete(conf)],
  ['the kubelet’s kubeconfig is damaged', (files) => files.set(conf, { content: 'a\0', mode: 0o600 })],
  ['the kubelet’s certificate is replaced', (files) => files.set(certificate, { content: 'b', mode: 0o600 })],
  ['the host has lost its address', (files) => files.set(routes, { content: '', mode: 0o444 })],
])('reports once that %s', async (_, act) => {
  const { change, stop } = await setUp();
  expect(await change(act)).toBe(1);
  expect(await change(act)).toBe(0);
  await stop();
});

it('ignores a host that has only just joined, and other files', async () => {
  const { change, stop } = await setUp();
  await change((files) => files.delete(conf));
  expect(await change((files) => files.set(conf, { content: 'new', mode: 0o600 }))).toBe(0);
  expect(await change((files) => files.set('/etc/kubernetes/other', { content: '', mode: 0o600 }))).toBe(0);
  await stop();
});
