import { container, out, type Recorded } from './evidence.ts';

export const etcdRecorded: Recorded = {
  'etcd-port-blocked': {
    holds: [
      out(
        '{"level":"warn","ts":"2026-11-30T03:00:00.000Z","caller":"clientv3/retry_interceptor.go:62","msg":"retrying of unary invoker failed","target":"endpoint://client-1/192.168.0.130:2379","attempt":0,"error":"rpc error: code = DeadlineExceeded desc = latest balancer error: all SubConns are in TransientFailure, latest connection error: connection error: desc = \\"transport: Error while dialing dial tcp 192.168.0.130:2379: i/o timeout\\""}',
      ),
    ],
    misses: [out('[etcd] Waiting for the new etcd member to join the cluster. This can take up to 40s')],
  },
  'etcd-not-started': {
    holds: [
      out(
        'error execution phase control-plane-join/etcd: error creating local etcd static pod manifest file: timeout waiting for etcd cluster to be available',
      ),
    ],
    misses: [out('[etcd] Waiting for the new etcd member to join the cluster. This can take up to 40s')],
  },
  'etcd-certificate-untrusted': {
    holds: [
      container(
        'W0324 logging.go:59] [core] grpc: addrConn.createTransport failed to connect to {Addr: "127.0.0.1:2379", }. Err: connection error: desc = "transport: authentication handshake failed: x509: certificate signed by unknown authority"',
      ),
    ],
    misses: [
      container(
        'W0324 logging.go:59] [core] grpc: addrConn.createTransport failed to connect to {Addr: "127.0.0.1:2379", }. Err: connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:2379: connect: connection refused"',
      ),
    ],
  },
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
