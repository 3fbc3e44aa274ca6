import { expect, it } from 'vitest';
import { pauseTagOf } from '../../../agent/facts/pause-tag.ts';
import { planOf } from '../../shared/plan/plan-text.ts';
import { fakeHost } from '../fake-host.ts';

const { settings } = planOf({ kubernetes: { version: '1.36.0' } });
const list = ['kube-proxy:v1.36.0', 'pause:3.99', 'etcd:3.6.4-0'].map((image) => `registry.k8s.io/${image}\n`).join('');

it.each([
  ['not installed', null, list, null],
  ['another version', '1.35.2-1.1', list, null],
  ['the planned version', '1.36.0-1.1', list, '3.99'],
  ['one that fails', '1.36.0-1.1', { exitCode: 1, stderr: 'cannot' }, null],
  ['one that lists no pause', '1.36.0-1.1', 'registry.k8s.io/etcd:3.6.4-0\n', null],
  ['one that lists another form', '1.36.0-1.1', 'registry.k8s.io/pause:3.99" x\n', null],
])('the sandbox image’s tag of a kubeadm that is %s', async (_, installed, answer, tag) => {
  const host = fakeHost({ programs: { kubeadm: () => answer } });
  expect(await pauseTagOf(host, settings, { kubeadm: installed })).toBe(tag);
});
