import { describe, expect, it } from 'vitest';
import { kubeClient } from '../../../agent/kube/client.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import { fakeHost } from '../fake-host.ts';
import { kubeconfigText } from './api-server.ts';
import { apiServerOfFile } from './api-server-of-file.ts';
import { certificate } from './der.ts';

const api = await apiServerOfFile();

const withFile = (path: string, content: string) => fakeHost({ files: { [path]: content } });

describe('the client', () => {
  it('presents the certificate of its kubeconfig', async () => {
    await (await kubeClient(withFile(adminConf, api.kubeconfig('someone')), adminConf))?.get('/x');
    expect(api.requests.at(-1)?.user).toBe('someone');
  });

  it('trusts only the CA of its kubeconfig', async () => {
    const stranger = certificate([['CN', 'stranger']]);
    const host = withFile(adminConf, kubeconfigText(api.url, stranger.certPem, stranger));
    const client = await kubeClient(host, adminConf);
    await expect(client?.get('/x')).rejects.toMatchObject({ code: 'kube-unreachable' });
  });

  it('throws the API server’s refusal with its status', async () => {
    api.hooks.push(() => ({ status: 403, body: { kind: 'Status', message: 'nodes is forbidden' } }));
    const client = await kubeClient(withFile(adminConf, api.kubeconfig()), adminConf);
    await expect(client?.get('/api/v1/nodes')).rejects.toMatchObject({
      code: 'kube-refused',
      status: 403,
      message: 'the API server refused GET /api/v1/nodes: 403 nodes is forbidden',
    });
  });

  it('distinguishes deleting an object from finding none', async () => {
    api.objects.set('/a', {});
    const client = await kubeClient(withFile(adminConf, api.kubeconfig()), adminConf);
    expect(await client?.remove('/a')).toBe(true);
    expect(await client?.remove('/a')).toBe(false);
  });
});
