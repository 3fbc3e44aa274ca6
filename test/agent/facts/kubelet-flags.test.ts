import { expect, test } from 'vitest';
import { siteKubeletFlags } from '../../../agent/facts/kubelet-flags.ts';
import { fakeHost } from '../fake-host.ts';

const dropIns = '/etc/systemd/system/kubelet.service.d';
const flagsIn = async (files: Record<string, string>) =>
  (await siteKubeletFlags(fakeHost({ files }))).map(({ name, value, path }) => `${path}: ${name}=${value}`);

test.each([
  ['KUBELET_EXTRA_ARGS=--cgroup-driver=cgroupfs\n', ['cgroup-driver=cgroupfs']],
  ['KUBELET_EXTRA_ARGS="--node-ip 10.0.0.1 --fail-swap-on=false"\n', ['node-ip=10.0.0.1', 'fail-swap-on=false']],
  ["KUBELET_EXTRA_ARGS='--v=4' \\\n", ['v=4']],
  ['# KUBELET_EXTRA_ARGS=--cgroup-driver=cgroupfs\nKUBELET_EXTRA_ARGS=\n', []],
  [
    'KUBELET_EXTRA_ARGS=--container_runtime=remote --alsologtostderr --v 2\n',
    ['container-runtime=remote', 'alsologtostderr=', 'v=2'],
  ],
])('%j', async (text, flags) => {
  const path = '/etc/default/kubelet';
  expect(await flagsIn({ [path]: text })).toEqual(flags.map((flag) => `${path}: ${flag}`));
});

test('flags of drop-ins count, except in those of the packages and of muster', async () => {
  const files = {
    [`${dropIns}/10-kubeadm.conf`]:
      '[Service]\nEnvironment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"\n',
    [`${dropIns}/50-muster-proxy.conf`]: '[Service]\nEnvironment="A=--b=c"\n',
    [`${dropIns}/20-site.conf`]: '[Service]\nEnvironment="KUBELET_EXTRA_ARGS=--hostname-override=a.example"\n',
    [`${dropIns}/20-site.conf.bak`]: '[Service]\nEnvironment="KUBELET_EXTRA_ARGS=--v=9"\n',
  };
  expect(await flagsIn(files)).toEqual([`${dropIns}/20-site.conf: hostname-override=a.example`]);
});
