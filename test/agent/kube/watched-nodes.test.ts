import { afterEach, expect, it } from 'vitest';
import { type KubeClient, kubeClient } from '../../../agent/kube/client.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import { createWatchedNodes, type WatchedNodes } from '../../../agent/kube/watched-nodes.ts';
import { fakeHost } from '../fake-host.ts';
import { nodeObject } from './api-server.ts';
import { apiServerOfFile } from './api-server-of-file.ts';

const api = await apiServerOfFile();
let nodes: WatchedNodes;
afterEach(() => nodes.stop());

type Write = (event: unknown) => void;

/** Serves a list and the watches after it, which tests write to. */
function served(items = [nodeObject('a', true), nodeObject('b', false)]) {
  const watches: { version: string | null; write: Write; end: () => void }[] = [];
  let opened = () => {};
  api.hooks.push(({ path }) => {
    const url = new URL(path, 'https://api');
    if (url.pathname !== '/api/v1/nodes') return undefined;
    if (url.searchParams.get('watch') === null)
      return { status: 200, body: { metadata: { resourceVersion: '100' }, items } };
    return {
      status: 200,
      stream(write, end) {
        watches.push({ version: url.searchParams.get('resourceVersion'), write, end });
        opened();
      },
    };
  });
  const nextWatch = () => new Promise<void>((resolve) => (opened = resolve));
  return { watches, nextWatch };
}

async function started(options: Parameters<typeof createWatchedNodes>[1] = {}) {
  let changed = () => {};
  const { watches, nextWatch } = served();
  nodes = createWatchedNodes(() => changed(), options);
  const client = (await kubeClient(fakeHost({ files: { [adminConf]: api.kubeconfig() } }), adminConf)) as KubeClient;
  const opened = nextWatch();
  await nodes.read(client);
  await opened;
  const change = () => new Promise<void>((resolve) => (changed = resolve));
  const read = async () => (await nodes.read(client)).map(({ name, ready }) => [name, ready]);
  const lists = () => api.requests.filter(({ path }) => path.includes('limit=')).length;
  return { client, watches, nextWatch, change, read, lists };
}

const versioned = (node: ReturnType<typeof nodeObject>, resourceVersion: string) => ({
  ...node,
  metadata: { ...node.metadata, resourceVersion },
});

it('lists the Nodes once, and then follows added, changed and deleted ones', async () => {
  const { watches, change, read, lists } = await started();
  const changed = change();
  watches[0]?.write({ type: 'MODIFIED', object: versioned(nodeObject('b', true), '101') });
  watches[0]?.write({ type: 'ADDED', object: versioned(nodeObject('c', false), '102') });
  watches[0]?.write({ type: 'DELETED', object: versioned(nodeObject('a', true), '103') });
  await changed;
  expect(await read()).toEqual([
    ['b', true],
    ['c', false],
  ]);
  expect(lists()).toBe(1);
  expect(watches[0]?.version).toBe('100');
});

it('continues after the newest version when the API server ends a watch', async () => {
  const { watches, nextWatch, read, lists } = await started({ shortestWatchMs: 0 });
  watches[0]?.write({ type: 'BOOKMARK', object: { kind: 'Node', metadata: { resourceVersion: '250' } } });
  const next = nextWatch();
  watches[0]?.end();
  await next;
  expect(watches[1]?.version).toBe('250');
  expect(await read()).toHaveLength(2);
  expect(lists()).toBe(1);
});

it.for([
  ['the changes are no longer available', { type: 'ERROR', object: { kind: 'Status', code: 410 } }],
  ['an event does not have the expected form', { type: 'ADDED', object: {} }],
])('lists the Nodes again if %s', async ([, event]) => {
  const { watches, nextWatch, change, read, lists } = await started();
  const failed = change();
  watches[0]?.write(event);
  await failed;
  const next = nextWatch();
  expect(await read()).toHaveLength(2);
  await next;
  expect(lists()).toBe(2);
});

it('lists the Nodes again of another cluster', async () => {
  const { client, watches, nextWatch, lists } = await started();
  const next = nextWatch();
  await nodes.read({ ...client, caPem: 'another' });
  await next;
  expect([lists(), watches.length]).toEqual([2, 2]);
});

it('lists the Nodes again after a watch that ends at once', async () => {
  const { watches, change, read, lists } = await started();
  const failed = change();
  watches[0]?.end();
  await failed;
  await read();
  expect(lists()).toBe(2);
});
