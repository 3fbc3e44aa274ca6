import { expect, test } from 'vitest';
import { leftoverFacts } from '../../../agent/facts/leftovers.ts';
import { fakeHost } from '../fake-host.ts';

const having = (files: Record<string, string>) => fakeHost({ files });

test('leftovers are existing files and non-empty folders', async () => {
  const host = having({ '/etc/kubernetes/kubelet.conf': '', '/var/lib/etcd/member/snap/db': '' });
  expect(await leftoverFacts(host)).toEqual(['/etc/kubernetes/kubelet.conf', '/var/lib/etcd']);
  expect(await leftoverFacts(having({}))).toEqual([]);
});
