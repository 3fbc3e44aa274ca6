import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caFingerprint } from '../../../agent/kube/ca.ts';
import { clusterFacts } from '../../../agent/kube/cluster.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import { createSparing } from '../../../agent/kube/sparing.ts';
import { createWatchedNodes, type WatchedNodes } from '../../../agent/kube/watched-nodes.ts';
import { automaticApproval } from '../../../shared/steps/approval.ts';
import { fakeHost } from '../fake-host.ts';
import { nodeObject } from './api-server.ts';
import { apiServerOfFile } from './api-server-of-file.ts';

const api = await apiServerOfFile();
const watched: WatchedNodes[] = [];
afterEach(() => {
  for (const one of watched.splice(0)) one.stop();
});
function means() {
  const nodes = createWatchedNodes(() => {});
  watched.push(nodes);
  return { spare: createSparing(), nodes };
}

const clusterInfo = '/api/v1/namespaces/kube-public/configmaps/cluster-info';

const withFile = (path: string, content: string) => fakeHost({ files: { [path]: content } });

describe('the facts of a cluster', () => {
  const ask = () => clusterFacts(withFile(adminConf, api.kubeconfig()), means());
  beforeEach(() => {
    api.objects.set('/api/v1/nodes', {
      metadata: {},
      items: [nodeObject('master01', true), nodeObject('node01', null)],
    });
  });

  it('identify it by its CA and list every node', async () => {
    expect(await ask()).toMatchObject({
      caSha256: caFingerprint(api.caPem),
      nodes: [
        { name: 'master01', ready: true, version: 'v1.20.2' },
        { name: 'node01', ready: false },
      ],
    });
  });

  it('do not report it as joinable before kubeadm init has set up its bootstrap tokens', async () => {
    expect(await ask()).toMatchObject({ joinable: false });
  });

  it('do not report it as joinable while bootstrap tokens are approved automatically', async () => {
    api.objects.set(clusterInfo, {}).set(automaticApproval.path, {});
    expect(await ask()).toMatchObject({ joinable: false });
  });

  it('report it as joinable once that rule is removed', async () => {
    api.objects.set(clusterInfo, {});
    expect(await ask()).toMatchObject({ joinable: true });
  });

  it('follow the pages of a long list', async () => {
    api.hooks.push(({ path }) => {
      if (!path.startsWith('/api/v1/nodes?')) return undefined;
      const second = path.includes('continue=next%2Fpage');
      const items = [nodeObject(second ? 'b' : 'a', true)];
      return { status: 200, body: { metadata: second ? {} : { continue: 'next/page' }, items } };
    });
    expect((await ask())?.nodes.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('state how many Nodes a report cannot list', async () => {
    const items = Array.from({ length: 5003 }, (_, index) => nodeObject(`node${index}`, true));
    api.objects.set('/api/v1/nodes', { metadata: {}, items });
    const facts = await ask();
    expect(facts?.nodes).toHaveLength(5000);
    expect(facts?.unlistedNodes).toBe(3);
  });

  it('are null without admin.conf and while the API server is starting', async () => {
    expect(await clusterFacts(fakeHost(), means())).toBeNull();
    api.hooks.push(() => ({ status: 503, body: 'starting' }));
    expect(await ask()).toBeNull();
  });
});
