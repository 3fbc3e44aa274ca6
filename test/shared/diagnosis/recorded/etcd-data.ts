import { out, type Recorded } from './evidence.ts';

export const etcdDataRecorded: Recorded = {
  'etcd-data-damaged': {
    holds: [
      out(
        '{"level":"fatal","ts":"2026-04-12T09:10:11.120Z","caller":"etcdserver/storage.go:96","msg":"failed to open WAL","error":"walpb: crc mismatch"}',
      ),
    ],
    misses: [out('{"level":"info","msg":"recovered v3 backend from snapshot"}')],
  },
  'etcd-member-removed': {
    holds: [
      out(
        '{"level":"fatal","ts":"2026-04-12T09:10:11.120Z","caller":"etcdmain/etcd.go:204","msg":"discovery failed","error":"error validating peerURLs {ClusterID:cd MemberID ab}: member count is unequal"}',
      ),
    ],
    misses: [out('{"level":"info","msg":"removed member","removed-remote-peer-id":"cd"}')],
  },
  'host-address-changed': {
    holds: [
      out(
        '{"level":"fatal","ts":"2026-04-12T09:10:11.120Z","caller":"etcdmain/etcd.go:204","msg":"discovery failed","error":"listen tcp 192.168.88.242:2380: bind: cannot assign requested address"}',
      ),
      out(
        'E0412 09:10:11.120044       1 run.go:74] "command failed" err="failed to create listener: failed to listen on 192.168.88.242:7643: listen tcp 192.168.88.242:7643: bind: cannot assign requested address"',
      ),
    ],
    misses: [out('listen tcp 192.168.0.130:2380: bind: address already in use')],
  },
};
