import { describe, expect, it } from 'vitest';
import { kubeletConf } from '../../../agent/kube/kubeconfig.ts';
import { nodeFacts } from '../../../agent/kube/node.ts';
import { createSparing } from '../../../agent/kube/sparing.ts';
import { fakeHost } from '../fake-host.ts';
import { nodeObject } from './api-server.ts';
import { apiServerOfFile } from './api-server-of-file.ts';

const api = await apiServerOfFile();

const withFile = (path: string, content: string) => fakeHost({ files: { [path]: content } });

describe('the facts of a Node', () => {
  const ask = () => nodeFacts(withFile(kubeletConf, api.kubeconfig()), 'node01', createSparing());

  it('give the reason why it is not ready', async () => {
    api.objects.set('/api/v1/nodes/node01', nodeObject('node01', false, { labels: { disk: 'ssd' } }));
    expect(await ask()).toMatchObject({
      ready: false,
      reason: 'KubeletNotReady: container runtime network not ready',
      labels: { disk: 'ssd' },
      kubeletVersion: 'v1.20.2',
    });
  });

  it('give no reason when it is ready', async () => {
    api.objects.set('/api/v1/nodes/node01', nodeObject('node01', true));
    expect(await ask()).toMatchObject({ ready: true, reason: '' });
  });

  it('are null without the Node, without a credential, and when the API server does not answer', async () => {
    expect(await ask()).toBeNull();
    expect(await nodeFacts(fakeHost(), 'node01', createSparing())).toBeNull();
    const dead = api.kubeconfig().replace(api.url, 'https://127.0.0.1:1');
    expect(await nodeFacts(withFile(kubeletConf, dead), 'node01', createSparing())).toBeNull();
  });
});
