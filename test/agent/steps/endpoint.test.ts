import { expect, it } from 'vitest';
import { endpoint } from '../../../agent/steps/endpoint.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { testContext } from './context.ts';

const api = await apiServerOfFile();
const path = '/api/v1/namespaces/kube-system/configmaps/kubeadm-config';
const pki = '/etc/kubernetes/pki';
const issued = '/run/muster-agent/serving-certificate';

/** The founder of a cluster of one that gets a virtual address. `issues`: what kubeadm writes. */
function growing(issues: Record<string, string>) {
  const data = { ClusterConfiguration: 'apiServer:\n  certSANs: [demo.muster.internal]\n  timeout: 4m\n' };
  api.objects.set(path, { metadata: { name: 'kubeadm-config', resourceVersion: '1' }, data });
  const context = testContext('endpoint', {
    self: 'master01',
    change(settings) {
      settings.loadBalancer = { kind: 'keepalived', address: '192.168.0.200', interface: null, routerId: 51 };
    },
    files: {
      '/etc/kubernetes/admin.conf': api.kubeconfig(),
      ...{ [`${pki}/apiserver.crt`]: api.caPem, [`${pki}/apiserver.key`]: 'old', [`${pki}/ca.key`]: 'secret' },
    },
    programs: {
      kubeadm: () => {
        for (const [name, content] of Object.entries(issues))
          context.host.files.set(`${issued}/${name}`, { content, mode: 0o600 });
        return '';
      },
    },
  });
  return context;
}

it('adds the virtual address to kubeadm’s configuration and to the API server’s certificate', async () => {
  const context = growing({ 'apiserver.crt': 'new certificate', 'apiserver.key': 'new key' });
  expect(await endpoint.check(context)).toMatchObject({ state: 'todo' });
  await endpoint.apply(context);
  expect(JSON.stringify(api.objects.get(path))).toContain('192.168.0.200');
  expect(context.host.content(`${pki}/apiserver.crt`)).toBe('new certificate');
  expect(context.host.files.get(`${pki}/apiserver.key`)).toEqual({ content: 'new key', mode: 0o600 });
  expect([...context.host.files.keys()].filter((file) => file.startsWith(issued))).toEqual([]);
});

it('keeps the certificate if kubeadm issues none, and leaves no key of the CA behind', async () => {
  const context = growing({});
  await expect(endpoint.apply(context)).rejects.toMatchObject({ code: 'certificate-not-issued' });
  expect(context.host.content(`${pki}/apiserver.key`)).toBe('old');
  expect([...context.host.files.keys()].filter((file) => file.startsWith(issued))).toEqual([]);
});

it('sends no request with one control plane and no load balancer', async () => {
  const context = testContext('endpoint', { self: 'master01' });
  expect(await endpoint.check(context)).toEqual({ state: 'done' });
  expect(api.requests).toEqual([]);
});
