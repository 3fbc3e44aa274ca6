import type { ClusterBackupFacts, EtcdFacts } from '../../../../shared/protocol/facts.ts';
import { type Case, gib, master } from '../known.ts';

const member = (n: number, changes: Partial<EtcdFacts['members'][number]> = {}) => ({
  ...{ id: `a${n}`, name: `master0${n}`, peerUrl: `https://192.168.0.13${n}:2380`, isLearner: false, answers: true },
  ...{ version: '3.4.13', dbBytes: gib / 4, inUseBytes: gib / 8 },
  ...changes,
});
const etcd = (changes: Partial<EtcdFacts> = {}): { etcd: EtcdFacts } => ({
  etcd: {
    ...{ self: 'a1', leader: 'a2', revision: null, members: [member(1), member(2), member(3)], quotaBytes: 2 * gib },
    ...{ fsyncMs: 1.9, commitMs: 4, alarms: [] },
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
    ...{ newest: { name: 'b', at, keys: 900 }, verified: { name: 'b', at, days: 0 }, failure: null, request: null },
    ...changes,
  },
});
const failed = { what: 'backup' as const, at, message: { en: '1 MiB free', zh: '1 MiB' } };

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
];
