import { beforeEach, describe, expect, it } from 'vitest';
import { caFingerprint } from '../../../agent/kube/ca.ts';
import { kubeClient } from '../../../agent/kube/client.ts';
import { clusterFacts } from '../../../agent/kube/cluster.ts';
import { adminConf, kubeletConf } from '../../../agent/kube/kubeconfig.ts';
import { nodeFacts } from '../../../agent/kube/node.ts';
import { autoApprovalPath } from '../../../agent/kube/objects.ts';
import { createSparing } from '../../../agent/kube/sparing.ts';
import { fakeHost } from '../fake-host.ts';
import { kubeconfigText, nodeObject } from './api-server.ts';
import { apiServerOfFile } from './api-server-of-file.ts';
import { certificate } from './der.ts';

const api = await apiServerOfFile();

const clusterInfo = '/api/v1/namespaces/kube-public/configmaps/cluster-info';
const withFile = (path: string, content: string) => fakeHost({ files: { [path]: content } });

describe('the client', () => {
  it('shows the certificate of its kubeconfig', async () => {
    await (await kubeClient(withFile(adminConf, api.kubeconfig('someone')), adminConf))?.get('/x');
    expect(api.requests.at(-1)?.user).toBe('someone');
  });

  it('trusts nobody but the CA of its kubeconfig', async () => {
    const stranger = certificate([['CN', 'stranger']]);
    const host = withFile(adminConf, kubeconfigText(api.url, stranger.certPem, stranger));
    const client = await kubeClient(host, adminConf);
    await expect(client?.get('/x')).rejects.toMatchObject({ code: 'kube-unreachable' });
  });

  it('names what the API server refused, and its status', async () => {
    api.hooks.push(() => ({ status: 403, body: { kind: 'Status', message: 'nodes is forbidden' } }));
    const client = await kubeClient(withFile(adminConf, api.kubeconfig()), adminConf);
    await expect(client?.get('/api/v1/nodes')).rejects.toMatchObject({
      code: 'kube-refused',
      status: 403,
      message: 'the API server refused GET /api/v1/nodes: 403 nodes is forbidden',
    });
  });

  it('tells what was there to delete from what was not', async () => {
    api.objects.set('/a', {});
    const client = await kubeClient(withFile(adminConf, api.kubeconfig()), adminConf);
    expect(await client?.remove('/a')).toBe(true);
    expect(await client?.remove('/a')).toBe(false);
  });
});

describe('the facts of a Node', () => {
  const ask = () => nodeFacts(withFile(kubeletConf, api.kubeconfig()), 'node01', createSparing());

  it('say why it is not ready', async () => {
    api.objects.set('/api/v1/nodes/node01', nodeObject('node01', false, { labels: { disk: 'ssd' } }));
    expect(await ask()).toMatchObject({
      ready: false,
      reason: 'KubeletNotReady: container runtime network not ready',
      labels: { disk: 'ssd' },
      kubeletVersion: 'v1.20.2',
    });
  });

  it('give no reason where it is ready', async () => {
    api.objects.set('/api/v1/nodes/node01', nodeObject('node01', true));
    expect(await ask()).toMatchObject({ ready: true, reason: '' });
  });

  it('are null without the Node, without a credential and without an answer', async () => {
    expect(await ask()).toBeNull();
    expect(await nodeFacts(fakeHost(), 'node01', createSparing())).toBeNull();
    const dead = api.kubeconfig().replace(api.url, 'https://127.0.0.1:1');
    expect(await nodeFacts(withFile(kubeletConf, dead), 'node01', createSparing())).toBeNull();
  });
});

describe('the facts of a cluster', () => {
  const ask = () => clusterFacts(withFile(adminConf, api.kubeconfig()), createSparing());
  beforeEach(() => {
    api.objects.set('/api/v1/nodes', {
      metadata: {},
      items: [nodeObject('master01', true), nodeObject('node01', null)],
    });
  });

  it('name it by its CA and list every node', async () => {
    expect(await ask()).toMatchObject({
      caSha256: caFingerprint(api.caPem),
      nodes: [
        { name: 'master01', ready: true, version: 'v1.20.2' },
        { name: 'node01', ready: false },
      ],
    });
  });

  it('do not call it joinable before kubeadm init has come to its bootstrap tokens', async () => {
    expect(await ask()).toMatchObject({ joinable: false });
  });

  it('do not call it joinable while any bootstrap token is approved unseen', async () => {
    api.objects.set(clusterInfo, {}).set(decodeURIComponent(autoApprovalPath), {});
    expect(await ask()).toMatchObject({ joinable: false });
  });

  it('call it joinable once that rule is gone', async () => {
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

  it('are null without admin.conf and while the API server is starting', async () => {
    expect(await clusterFacts(fakeHost(), createSparing())).toBeNull();
    api.hooks.push(() => ({ status: 503, body: 'starting' }));
    expect(await ask()).toBeNull();
  });
});
