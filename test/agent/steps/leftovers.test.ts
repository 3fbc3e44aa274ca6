import { expect, it } from 'vitest';
import { removeLeftovers } from '../../../agent/steps/leftovers.ts';
import { fakeHost } from '../fake-host.ts';

const secrets = {
  '/run/muster-agent/coordinator/ca.key': 'CA',
  '/run/muster-agent/kubeadm-join.yaml': 'token',
  '/run/muster-agent/kubeadm-init.yaml': 'token',
  '/run/muster-agent/kubeadm-phase-upload-certs.yaml': 'key',
  '/run/muster-agent/serving-certificate/ca.key': 'CA',
  '/run/muster-agent/curl.conf': 'password',
  '/var/lib/muster-agent/coordinator/setup.sh': 'script',
};
const marks = { '/run/muster-agent/restart-kubelet.service': '', '/var/lib/muster-agent/journal.json': '{}' };

it('removes the secrets of work that was cut short, and nothing else', async () => {
  const host = fakeHost({ files: { ...secrets, ...marks } });
  await removeLeftovers(host);
  expect([...host.files.keys()].sort()).toEqual(Object.keys(marks).sort());
});

it.each([
  ['coordinator-install', ['/run/muster-agent/coordinator/ca.key', '/var/lib/muster-agent/coordinator/setup.sh']],
  ['kubeadm-join', ['/run/muster-agent/kubeadm-join.yaml']],
] as const)('keeps what the unit of %s needs, which an earlier agent started', async (unit, needed) => {
  const host = fakeHost({ files: secrets });
  host.units.set(unit, { state: 'running', result: { exitCode: 0, tail: [] } });
  await removeLeftovers(host);
  expect([...host.files.keys()].sort()).toEqual([...needed].sort());
});
