import { describe, expect, it } from 'vitest';
import { kubeletConf } from '../../../agent/kube/kubeconfig.ts';
import { restartLateKubelet } from '../../../agent/steps/late-kubelet.ts';
import { nodeObject } from '../kube/api-server.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { testContext } from './context.ts';

const api = await apiServerOfFile();
const refused = 'E1130 reflector.go:138] pods is forbidden: User "system:anonymous" cannot list resource "pods"';
const path = '/etc/cni/net.d/10-flannel.conflist';

interface Joining {
  journal?: string;
  /** The look at which the kubelet is refused. */
  refusedAt?: number;
  certificate?: boolean;
  node?: Record<string, unknown> | null;
  /** A network configuration that the kubelet has not read. */
  network?: boolean;
  version?: string;
  runtime?: 'docker' | 'containerd';
}

/** kubeadm's kubelet gets its certificate at the fifth look; kubeadm ends at the twentieth. */
function joining({ journal = refused, refusedAt = 0, certificate = true, node = null, ...more }: Joining = {}) {
  const { network, version, runtime } = more;
  let looks = 0;
  let isRestarted = false;
  const context = testContext('kubeadm-join', {
    change(settings) {
      if (version !== undefined) settings.kubernetes.version = version;
      if (runtime !== undefined) settings.runtime.name = runtime;
    },
    files: { '/proc/uptime': '5000.00 9000.00\n' },
    programs: {
      journalctl: () => (isRestarted ? '' : looks === refusedAt ? refused : journal),
      systemctl([verb]) {
        if (verb === 'restart') isRestarted = true;
        return 'ActiveState=active\nActiveEnterTimestampMonotonic=4000000000\n';
      },
      find: () => (network && !isRestarted ? `${path}\n` : ''),
    },
  });
  const ended = new AbortController();
  const readFile = context.host.readFile;
  context.host.readFile = async (file) => {
    if (file !== kubeletConf) return readFile(file);
    looks += 1;
    if (looks === 20) ended.abort();
    return looks >= 5 && certificate ? api.kubeconfig('system:node:node01') : null;
  };
  api.objects.delete('/api/v1/nodes/node01');
  if (node !== null) api.objects.set('/api/v1/nodes/node01', node);
  return { context, signal: ended.signal };
}

const restarts = async ({ context, signal }: ReturnType<typeof joining>) => {
  await restartLateKubelet(context, signal);
  return context.host.lines().filter((line) => line.startsWith('systemctl restart'));
};

describe('a kubelet that connected before its certificate was signed', () => {
  it('is restarted once its certificate is there', async () => {
    expect(await restarts(joining())).toEqual(['systemctl restart kubelet']);
  });

  it('does not fail the join if it cannot be restarted', async () => {
    const { context, signal } = joining();
    context.host.programs.systemctl = () => ({ exitCode: 1 });
    await expect(restartLateKubelet(context, signal)).resolves.toBeUndefined();
  });

  it('is restarted if it is refused after it has its certificate', async () => {
    expect(await restarts(joining({ journal: '', refusedAt: 9 }))).toEqual(['systemctl restart kubelet']);
  });

  it.each([
    ['was not refused', { journal: 'I1130 kubelet_node_status.go:74] Attempting to register node node01' }],
    ['has registered its Node', { node: nodeObject('node01', true) }],
    ['has no certificate by the end of kubeadm', { certificate: false }],
  ])('is left alone if it %s', async (_, found) => {
    expect(await restarts(joining(found))).toEqual([]);
  });

  it('is left alone if the API server does not answer', async () => {
    const { context, signal } = joining();
    const kubeconfig = api.kubeconfig('system:node:node01').replace(/server: .*/, 'server: https://127.0.0.1:1');
    const readFile = context.host.readFile;
    context.host.readFile = async (file) => ((await readFile(file)) === null ? null : kubeconfig);
    expect(await restarts({ context, signal })).toEqual([]);
  });
});

describe('a kubelet that has not read the new network configuration', () => {
  const node = nodeObject('node01', false, { reason: 'NetworkReady=false reason:NetworkPluginNotReady' });

  it('is restarted once', async () => {
    const found = joining({ node, network: true });
    expect(await restarts(found)).toEqual(['systemctl restart kubelet']);
    expect(found.context.said).toEqual([expect.stringContaining(path)]);
  });

  it('is restarted with containerd, too, if it does not look for docker when it starts', async () => {
    const found = joining({ node, network: true, runtime: 'containerd', version: '1.24.0' });
    expect(await restarts(found)).toEqual(['systemctl restart kubelet']);
  });

  it.each([
    [
      'it would look for docker for 5 s, as with containerd before 1.24',
      { node, network: true, runtime: 'containerd' as const, version: '1.23.0' },
    ],
    ['there is none yet', { node, network: false }],
    ['its Node is Ready', { node: nodeObject('node01', true), network: true }],
    ['its Node is not Ready for another reason', { node: nodeObject('node01', false), network: true }],
    ['it reports at once, as from 1.27', { node, network: true, version: '1.27.0' }],
  ])('is left alone if %s', async (_, found) => {
    expect(await restarts(joining(found))).toEqual([]);
  });
});
