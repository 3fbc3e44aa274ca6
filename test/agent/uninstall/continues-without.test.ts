import { expect, it } from 'vitest';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import { continuesWithout } from '../../../agent/uninstall/continues-without.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { testContext } from '../steps/context.ts';

const api = await apiServerOfFile();
const external = {
  ...{ kind: 'external' as const, endpoints: ['https://10.0.0.1:2379'] },
  ...{ caFile: '/etc/etcd/ca.crt', certFile: '/etc/etcd/client.crt', keyFile: '/etc/etcd/client.key' },
};

/** A control plane whose etcd runs elsewhere, beside others at these addresses. */
function masterBeside(...addresses: string[]) {
  const others = addresses.map((address, index) => ({
    ...{ name: `master0${index + 2}`, address, role: 'control-plane' as const },
  }));
  const kubeconfig = api.kubeconfig();
  const port = Number(new URL(/server: (\S+)/.exec(kubeconfig)?.[1] ?? '').port);
  return testContext('kubeadm-join', {
    self: 'master01',
    files: { [adminConf]: kubeconfig },
    change: (settings) => {
      settings.etcd = external;
      settings.endpoint = { ...settings.endpoint, managed: true, port };
      settings.hosts = [...settings.hosts, ...others];
    },
  });
}

it('a cluster on an external etcd continues while another API server reads from it', async () => {
  api.objects.set('/api/v1/namespaces/kube-system', {});
  expect(await continuesWithout(masterBeside('127.0.0.1'))).toBe(true);
});

it('it does not without another control plane, or if none of them answers', async () => {
  expect(await continuesWithout(masterBeside())).toBe(false);
  api.hooks.push(() => ({ status: 500, body: { message: 'etcdserver: request timed out' } }));
  expect(await continuesWithout(masterBeside('127.0.0.1'))).toBe(false);
});
