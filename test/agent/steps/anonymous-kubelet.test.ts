import { describe, expect, it } from 'vitest';
import { kubeletConf } from '../../../agent/kube/kubeconfig.ts';
import { restartAnonymousKubelet } from '../../../agent/steps/anonymous-kubelet.ts';
import { nodeObject } from '../kube/api-server.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { testContext } from './context.ts';

const api = await apiServerOfFile();
const refused = 'E1130 reflector.go:138] pods is forbidden: User "system:anonymous" cannot list resource "pods"';

describe('a kubelet that joins', () => {
  /** kubeadm's kubelet gets its certificate at the fifth look. */
  function joining({ journal = refused, late = 0, certificate = true, registered = false } = {}) {
    const context = testContext('kubeadm-join', { programs: { journalctl: () => journal, systemctl: () => '' } });
    const ended = new AbortController();
    let looks = 0;
    context.host.exists = async (path) => {
      looks += 1;
      if (looks === 5 && certificate)
        context.host.files.set(path, { content: api.kubeconfig('system:node:node01'), mode: 0o600 });
      if (looks === late) context.host.programs.journalctl = () => refused;
      if (looks === 20) ended.abort();
      return context.host.files.has(kubeletConf);
    };
    api.objects.delete('/api/v1/nodes/node01');
    if (registered) api.objects.set('/api/v1/nodes/node01', nodeObject('node01', false));
    return { context, signal: ended.signal };
  }

  const restarts = async ({ context, signal }: ReturnType<typeof joining>) => {
    await restartAnonymousKubelet(context, signal);
    return context.host.lines().filter((line) => line.startsWith('systemctl'));
  };

  it('is restarted once its certificate is there, if it was refused without one', async () => {
    expect(await restarts(joining())).toEqual(['systemctl restart kubelet']);
  });

  it('does not fail the join if it cannot be restarted', async () => {
    const { context, signal } = joining();
    context.host.programs.systemctl = () => ({ exitCode: 1 });
    await expect(restartAnonymousKubelet(context, signal)).resolves.toBeUndefined();
  });

  it('is restarted if it is refused after it has its certificate', async () => {
    expect(await restarts(joining({ journal: '', late: 9 }))).toEqual(['systemctl restart kubelet']);
  });

  it.each([
    ['was not refused', { journal: 'I1130 kubelet_node_status.go:74] Attempting to register node node01' }],
    ['has registered its Node', { registered: true }],
    ['has no certificate by the end of kubeadm', { certificate: false }],
  ])('is left alone if it %s', async (_, found) => {
    expect(await restarts(joining(found))).toEqual([]);
  });

  it('is left alone if the API server does not answer', async () => {
    const { context, signal } = joining();
    const kubeconfig = api.kubeconfig('system:node:node01').replace(/server: .*/, 'server: https://127.0.0.1:1');
    const exists = context.host.exists;
    context.host.exists = async (path) => {
      await exists(path);
      context.host.files.set(kubeletConf, { content: kubeconfig, mode: 0o600 });
      return true;
    };
    expect(await restarts({ context, signal })).toEqual([]);
  });
});
