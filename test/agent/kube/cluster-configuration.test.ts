import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { kubeClient } from '../../../agent/kube/client.ts';
import { keepClusterConfiguration, withEndpoint } from '../../../agent/kube/cluster-configuration.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import type { ClusterSettings } from '../../../shared/plan/schema.ts';
import { planOf } from '../../shared/plan/plan-text.ts';
import { fakeHost } from '../fake-host.ts';
import { apiServerOfFile } from './api-server-of-file.ts';

const api = await apiServerOfFile();
const path = '/api/v1/namespaces/kube-system/configmaps/kubeadm-config';

/** As kubeadm 1.20 records it. */
const recorded = [
  'apiServer:',
  '  certSANs:',
  '  - master01',
  '  - demo.muster.internal',
  '  extraArgs:',
  '    authorization-mode: Node,RBAC',
  '  timeoutForControlPlane: 4m0s',
  'apiVersion: kubeadm.k8s.io/v1beta2',
  'kind: ClusterConfiguration',
  '',
].join('\n');

function settingsOf(count: number, version = '1.20.2', sections: Record<string, unknown> = {}): ClusterSettings {
  const { settings } = planOf({ kubernetes: { version, packages: 'aliyun' }, ...sections });
  for (let index = 2; index <= count; index += 1)
    settings.hosts.push({ name: `master0${index}`, address: `192.168.0.14${index}`, role: 'control-plane' });
  return settings;
}

test('nothing is missing with one control plane and no load balancer', () => {
  expect(withEndpoint(recorded, settingsOf(1))).toBeNull();
});

test('several control planes share the port; other arguments stay, and a second look finds nothing', () => {
  const text = withEndpoint(recorded, settingsOf(3)) ?? '';
  expect(parse(text).apiServer).toEqual({
    certSANs: ['master01', 'demo.muster.internal'],
    extraArgs: { 'authorization-mode': 'Node,RBAC', 'permit-port-sharing': 'true' },
    timeoutForControlPlane: '4m0s',
  });
  expect(withEndpoint(text, settingsOf(3))).toBeNull();
});

test('from v1beta4 on arguments are a list', () => {
  const text = withEndpoint('apiServer: {}\nkind: ClusterConfiguration\n', settingsOf(3, '1.34.1')) ?? '';
  expect(parse(text).apiServer.extraArgs).toEqual([{ name: 'permit-port-sharing', value: 'true' }]);
});

test('the load balancer’s address becomes a name of the API servers', () => {
  const loadBalancer = { keepalived: { address: '192.168.0.200' } };
  const text = withEndpoint(recorded, settingsOf(1, '1.20.2', { loadBalancer })) ?? '';
  expect(parse(text).apiServer.certSANs).toContain('192.168.0.200');
});

test('is changed in the cluster only if something is missing', async () => {
  const metadata = { name: 'kubeadm-config', resourceVersion: '7' };
  api.objects.set(path, { metadata, data: { ClusterConfiguration: recorded, ClusterStatus: 'kept' } });
  const client = await kubeClient(fakeHost({ files: { [adminConf]: api.kubeconfig() } }), adminConf);
  if (client === null) throw new Error('no client');
  expect(await keepClusterConfiguration(client, settingsOf(3))).toBe(true);
  expect(api.objects.get(path)).toMatchObject({ data: { ClusterStatus: 'kept' } });
  expect(await keepClusterConfiguration(client, settingsOf(3))).toBe(false);
});
