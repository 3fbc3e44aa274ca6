import { out, type Recorded } from './evidence.ts';

export const etcdRecorded: Recorded = {
  'etcd-ghost-member': {
    holds: [
      out(
        '[check-etcd] etcd cluster is not healthy: failed to dial endpoint https://10.0.0.3:2379 with maintenance client',
      ),
    ],
    misses: [out('[check-etcd] Checking that the etcd cluster is healthy')],
  },
  'etcd-quorum': {
    holds: [out('etcdserver: re-configuration failed due to not enough started members')],
    misses: [out('etcd member started')],
  },
  'etcd-learner-behind': {
    holds: [out('etcdserver: can only promote a learner member which is in sync with leader')],
    misses: [out('promoting a learner member')],
  },
  'etcd-peer-exists': {
    holds: [out('etcdserver: Peer URLs already exists')],
    misses: [out('adding etcd member: https://10.0.0.2:2380')],
  },
  'etcd-space-used-up': {
    holds: [out('Error from server: etcdserver: mvcc: database space exceeded')],
    misses: [out('mvcc: store.index: compact 1234')],
  },
  'etcd-slow-disk': {
    holds: [out('rpc error: etcdserver: request timed out')],
    misses: [out('etcdserver: ready to serve client requests')],
  },
};
