import { describe, expect, it } from 'vitest';
import { etcdManifest } from '../../../agent/etcd/pod.ts';
import type { RecoveryOrder } from '../../../shared/protocol/recovery.ts';
import { withoutQuorum } from '../etcd/gateway-server.ts';
import type { FakeHost } from '../fake-host.ts';
import { etcd, lost, manifest, order, perform, state } from './machine.ts';

/** The agent is killed before its effect number `at`: none of the later ones happens. Returns how many there were. */
async function killedAt(at: number, host: FakeHost, given: RecoveryOrder): Promise<number> {
  let count = 0;
  const { run, writeFile, removeTree, removeFile } = host;
  const dies = <A extends unknown[], R>(act: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      count += 1;
      if (count >= at) throw new Error('killed');
      return act(...args);
    };
  };
  Object.assign(host, {
    ...{ run: dies(run), writeFile: dies(writeFile) },
    ...{ removeTree: dies(removeTree), removeFile: dies(removeFile) },
  });
  await perform(host, given).catch(() => undefined);
  Object.assign(host, { run, writeFile, removeTree, removeFile });
  return count;
}

/** Everything of etcd that is on the host, by content. */
const dataOf = (host: FakeHost) =>
  [...host.files].filter(([path]) => path.startsWith('/var/lib/etcd')).map(([, { content }]) => content);

describe.each([
  ['the same order', 'r1'],
  ['a new order', 'r2'],
])('an agent that was killed before any of its effects, and started with %s', (_, id) => {
  it('restores, and keeps the old data', async () => {
    for (let at = 1; ; at++) {
      etcd.answers.set('/v3/kv/range', withoutQuorum);
      const host = lost();
      const count = await killedAt(at, host, order());
      expect(dataOf(host)).toContain('old data');
      expect(await perform(host, order({ id }))).toBe('idle');
      expect(host.content('/var/lib/etcd/member/snap/db')).toBe('new data');
      expect(dataOf(host)).toContain('old data');
      expect(host.content(etcdManifest)).toBe(manifest);
      expect(host.content('/etc/kubernetes/manifests/kube-apiserver.yaml')).toBe('api');
      expect(await state(host)).toBe('done');
      if (count < at) return;
    }
  });

  it('makes room, and joins again once the cluster is restored', async () => {
    for (let at = 1; ; at++) {
      const host = lost();
      const count = await killedAt(at, host, order({ host: 'master02' }));
      expect(await perform(host, order({ id, host: 'master02' }))).toBe('wait');
      expect(dataOf(host)).toEqual(['old data']);
      const done = order({ id, host: 'master02', isDone: true });
      await killedAt(at, host, done);
      expect(await perform(host, done)).toBe('idle');
      expect(dataOf(host)).toEqual(['old data']);
      if (count < at) return;
    }
  });
});
