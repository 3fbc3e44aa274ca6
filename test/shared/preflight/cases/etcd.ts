import type { ClusterBackupFacts, EtcdFacts, ExternalEtcdFacts } from '../../../../shared/protocol/facts.ts';
import { type Case, gib, master } from '../known.ts';

const member = (n: number, changes: Partial<EtcdFacts['members'][number]> = {}) => ({
  ...{ id: `a${n}`, name: `master0${n}`, peerUrl: `https://192.168.0.13${n}:2380`, isLearner: false, answers: true },
  ...{ version: '3.4.13', dbBytes: gib / 4, inUseBytes: gib / 8 },
  ...changes,
});
const etcd = (changes: Partial<EtcdFacts> = {}): { etcd: EtcdFacts } => ({
  etcd: {
    ...{
      external: false,
      self: 'a1',
      leader: 'a2',
      revision: null,
      members: [member(1), member(2), member(3)],
      quotaBytes: 2 * gib,
    },
    ...{ fsyncMs: 1.9, commitMs: 4, alarms: [], replaced: null },
    ...changes,
  },
});
const down = etcd({ self: null, leader: null, members: [], quotaBytes: null, alarms: null });
const on = { assignment: master };
const alarm = (name: string) => etcd({ alarms: [{ member: 'a2', alarm: name }] });
const holding = (inUseBytes: number, changes = {}) =>
  etcd({ members: [member(1, { inUseBytes }), member(2), member(3)], ...changes });

const at = '2026-11-30T03:12:00Z';
const backup = (changes: Partial<ClusterBackupFacts> = {}): { clusterBackup: ClusterBackupFacts } => ({
  clusterBackup: {
    ...{
      newest: { name: 'b', at, keys: 900, isTestable: true },
      verified: { name: 'b', at, days: 0 },
      failure: null,
      request: null,
    },
    ...changes,
  },
});
const failed = { what: 'backup' as const, at, message: { en: '1 MiB free', zh: '1 MiB' } };

const planned = {
  ...{ kind: 'external' as const, endpoints: ['https://10.0.0.1:2379', 'https://10.0.0.2:2379'] },
  ...{ caFile: '/etc/etcd/ca.crt', certFile: '/etc/etcd/client.crt', keyFile: '/etc/etcd/client.key' },
};
const elsewhere = { ...master, settings: { ...master.settings, etcd: planned } };
const founder = { assignment: { ...elsewhere, bootstrap: 'init' as const, cluster: null } };
const joiner = { assignment: { ...elsewhere, bootstrap: 'join' as const } };
const ca = (letter: string) => letter.repeat(64);
const endpoint = (n: number, changes: Partial<ExternalEtcdFacts['endpoints'][number]> = {}) => ({
  ...{ url: `https://10.0.0.${n}:2379`, failure: null, version: '3.5.16', cluster: 'c1' },
  ...changes,
});
const seen = (changes: Partial<ExternalEtcdFacts> = {}): { externalEtcd: ExternalEtcdFacts } => ({
  externalEtcd: {
    ...{ missing: [], certificate: null, endpoints: [endpoint(1), endpoint(2)] },
    ...{ registry: { isEmpty: true, caSha256s: [] }, keptCaSha256: null },
    ...changes,
  },
});
const holds = (caSha256s: string[], keptCaSha256: string | null = null) =>
  seen({ registry: { isEmpty: false, caSha256s }, keptCaSha256 });
const silent = endpoint(2, { failure: 'bad certificate', version: null, cluster: null });

const externalCases: Case[] = [
  ['external-etcd', 'answers', seen(), 'ok', founder],
  ['external-etcd', 'not looked', { externalEtcd: null }, 'unknown', founder],
  ['external-etcd', 'no key', seen({ missing: [planned.keyFile] }), 'error', { ...founder, seen: planned.keyFile }],
  ['external-etcd', 'no key before a join, which brings it', seen({ missing: [planned.keyFile] }), 'ok', joiner],
  ['external-etcd', 'a key of another certificate', seen({ certificate: 'other-key' }), 'error', founder],
  ['external-etcd', 'a key that kubeadm cannot pass on', seen({ certificate: 'key-format' }), 'warning', founder],
  ['external-etcd', 'one is silent', seen({ endpoints: [endpoint(1), silent] }), 'warning', founder],
  ['external-etcd', 'all refuse', seen({ endpoints: [silent] }), 'error', { ...founder, seen: 'bad certificate' }],
  ['external-etcd', 'too old', seen({ endpoints: [endpoint(1, { version: '3.3.25' })] }), 'error', founder],
  [
    'external-etcd',
    'two clusters',
    seen({ endpoints: [endpoint(1), endpoint(2, { cluster: 'c2' })] }),
    'error',
    { ...founder, seen: 'https://10.0.0.2:2379: c2' },
  ],
  ['etcd-registry', 'empty', seen(), 'ok', founder],
  ['etcd-registry', 'not read', seen({ registry: null }), 'unknown', founder],
  ['etcd-registry', 'another cluster', holds([ca('b')], ca('a')), 'error', { ...founder, seen: 'another cluster' }],
  ['etcd-registry', 'a cluster before its CA is published', holds([]), 'error', founder],
  ['etcd-registry', 'this cluster, whose PKI is kept', holds([ca('b'), ca('a')], ca('a')), 'ok', founder],
  ['etcd-registry', 'what an init that was cut short left', holds([], ca('a')), 'ok', founder],
  [
    'etcd-registry',
    'this cluster without its PKI',
    holds([ca('a')]),
    'error',
    { assignment: { ...founder.assignment, cluster: { caPem: '', caSha256: ca('a') } }, seen: 'no longer exists' },
  ],
  ['etcd-health', 'an external one is away', etcd({ external: true, self: null, members: [] }), 'warning', on],
  [
    'cluster-backup',
    'of an external etcd',
    backup({ newest: { name: 'b', at, keys: 9, isTestable: false }, verified: null }),
    'ok',
    { ...on, seen: 'external' },
  ],
];

export const etcdCases: Case[] = [
  ['etcd-health', 'all answer', etcd(), 'ok', on],
  ['etcd-health', 'own member silent', down, 'warning', { ...on, seen: 'this host' }],
  [
    'etcd-health',
    'one is away',
    etcd({ members: [member(1), member(2), member(3, { answers: false })] }),
    'warning',
    { ...on, seen: 'master03' },
  ],
  [
    'etcd-health',
    'one never started',
    etcd({ members: [member(1), member(2), member(3, { name: '', answers: false })] }),
    'warning',
    { ...on, seen: 'a3 (https://192.168.0.133:2380, never started)' },
  ],
  [
    'etcd-health',
    'no quorum',
    etcd({ leader: null, members: [member(1), member(2, { answers: false }), member(3, { answers: false })] }),
    'warning',
    { ...on, seen: 'no leader' },
  ],
  ['etcd-data', 'the cluster’s', etcd(), 'ok', on],
  [
    'etcd-data',
    'other data',
    etcd({ replaced: { recorded: 'a', found: 'b' } }),
    'warning',
    { ...on, seen: 'kube-system has the UID b; recorded: a' },
  ],
  [
    'etcd-data',
    'other data of an external etcd',
    etcd({ external: true, replaced: { recorded: 'a', found: 'b' } }),
    'warning',
    { ...on, seen: 'UID b' },
  ],
  ['etcd-data', 'no objects', etcd({ replaced: { recorded: 'a', found: '' } }), 'warning', { ...on, seen: 'no UID' }],
  ['etcd-even', 'three', etcd(), 'ok', on],
  ['etcd-even', 'two', etcd({ members: [member(1), member(2)] }), 'warning', { ...on, seen: '2' }],
  [
    'etcd-even',
    'three and a learner',
    etcd({ members: [1, 2, 3, 4].map((n) => member(n, { isLearner: n === 4 })) }),
    'ok',
    on,
  ],
  ['etcd-alarms', 'none', etcd(), 'ok', on],
  ['etcd-alarms', 'no space', alarm('NOSPACE'), 'warning', { ...on, seen: 'NOSPACE (master02)' }],
  ['etcd-alarms', 'corrupt', alarm('CORRUPT'), 'warning', on],
  ['etcd-alarms', 'unknown', etcd({ alarms: null }), 'unknown', on],
  ['etcd-size', 'small', etcd(), 'ok', on],
  ['etcd-size', 'near its limit', holding(1.7 * gib), 'warning', { ...on, seen: '1.7 GiB in use of 2.0 GiB' }],
  ['etcd-size', 'limit raised', holding(1.7 * gib, { quotaBytes: 8 * gib }), 'ok', on],
  ['etcd-size', 'limit not told', holding(1.7 * gib, { quotaBytes: null }), 'warning', on],
  ['etcd-latency', 'fast', etcd(), 'ok', on],
  ['etcd-latency', 'slow log', etcd({ fsyncMs: 12 }), 'warning', { ...on, seen: '12 ms' }],
  ['etcd-latency', 'slow database', etcd({ commitMs: 30 }), 'warning', on],
  ['etcd-latency', 'the only member of a lab', etcd({ fsyncMs: 60, commitMs: 90, members: [member(1)] }), 'ok', on],
  ['etcd-latency', 'the only member, a very slow disk', etcd({ fsyncMs: 120, members: [member(1)] }), 'warning', on],
  ['cluster-backup', 'verified last night', backup(), 'ok', { ...on, seen: '03:12' }],
  ['cluster-backup', 'verified too long ago', backup({ verified: { name: 'b', at, days: 2 } }), 'warning', on],
  ['cluster-backup', 'failed', backup({ failure: failed }), 'warning', { ...on, seen: '1 MiB free' }],
  ['cluster-backup', 'not verified yet', backup({ verified: null }), 'unknown', on],
  ['etcd-latency', 'unknown', etcd({ fsyncMs: null }), 'unknown', on],
  ...externalCases,
];
