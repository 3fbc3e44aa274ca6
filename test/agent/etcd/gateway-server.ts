import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { certificate } from '../kube/der.ts';

export interface GatewayAnswer {
  status: number;
  body: string;
}

/** Answers as etcd 3.4.23 gives them, by path; tests replace some. */
export const recorded: Readonly<Record<string, GatewayAnswer>> = {
  '/v3/kv/range': {
    status: 200,
    body: '{"header":{"cluster_id":"13804233570155918642","member_id":"758659209188475983","revision":"1","raft_term":"2"}}',
  },
  '/v3/cluster/member/list': {
    status: 200,
    body: '{"header":{"cluster_id":"13804233570155918642","member_id":"758659209188475983","raft_term":"2"},"members":[{"ID":"758659209188475983","name":"m1","peerURLs":["https://127.0.0.1:2380"],"clientURLs":["https://127.0.0.1:2379"]},{"ID":"18412192103947732307","peerURLs":["https://127.0.0.4:2380"]}]}',
  },
  '/v3/maintenance/status': {
    status: 200,
    body: '{"header":{"cluster_id":"13804233570155918642","member_id":"758659209188475983","revision":"7","raft_term":"2"},"version":"3.4.23","dbSize":"20480","leader":"16558758182256318546","raftIndex":"8","raftTerm":"2","raftAppliedIndex":"8","dbSizeInUse":"16384"}',
  },
  '/v3/maintenance/alarm': { status: 200, body: '{"alarms":[{"memberID":"758659209188475983","alarm":"NOSPACE"}]}' },
  '/v3/cluster/member/remove': {
    status: 404,
    body: '{"error":"etcdserver: member not found","message":"etcdserver: member not found","code":5}',
  },
  '/v3/maintenance/transfer-leadership': {
    status: 412,
    body: '{"error":"etcdserver: not leader","message":"etcdserver: not leader","code":9}',
  },
  '/v3/maintenance/defragment': { status: 200, body: '{}' },
  '/metrics': {
    status: 200,
    body: [
      '# TYPE etcd_disk_wal_fsync_duration_seconds histogram',
      'etcd_disk_wal_fsync_duration_seconds_bucket{le="0.001"} 900',
      'etcd_disk_wal_fsync_duration_seconds_bucket{le="0.008"} 980',
      'etcd_disk_wal_fsync_duration_seconds_bucket{le="0.016"} 1000',
      'etcd_disk_wal_fsync_duration_seconds_bucket{le="+Inf"} 1000',
      'etcd_disk_wal_fsync_duration_seconds_count 1000',
      'etcd_disk_backend_commit_duration_seconds_bucket{le="8.192"} 0',
      'etcd_disk_backend_commit_duration_seconds_bucket{le="+Inf"} 4',
      'etcd_server_quota_backend_bytes 2.147483648e+09',
      '',
    ].join('\n'),
  },
};

/** As every call that needs a majority is answered without one. */
export const withoutQuorum: GatewayAnswer = {
  status: 503,
  body: '{"error":"etcdserver: request timed out","message":"etcdserver: request timed out","code":14}',
};

/** As etcd answers for the namespace kube-system, which the API server stores in protobuf. */
export function namespaceOf(uid: string): GatewayAnswer {
  const text = `k8s\x00\n\x0f\n\x02v1\x12\tNamespace\x12F\nD\n\vkube-system\x12\x00\x1a\x00"\x00*$${uid}2\x008\x00B\b`;
  const value = Buffer.from(text, 'latin1').toString('base64');
  const key = Buffer.from('/registry/namespaces/kube-system').toString('base64');
  const kv = { key, create_revision: '3', mod_revision: '3', version: '1', value };
  return { status: 200, body: JSON.stringify({ header: { revision: '7' }, kvs: [kv], count: '1' }) };
}

/** etcd's JSON gateway over real TLS, which asks for a client certificate. */
export async function startGateway() {
  const server = certificate([['CN', 'etcd-server']]);
  const client = certificate([['CN', 'kube-etcd-healthcheck-client']]);
  const answers = new Map(Object.entries(recorded));
  const requests: { path: string; body: unknown; user: string }[] = [];
  const http = createServer({ cert: server.certPem, key: server.keyPem, requestCert: true, rejectUnauthorized: false });
  http.on('request', async (incoming, outgoing) => {
    const path = incoming.url ?? '';
    const user = String((incoming.socket as TLSSocket).getPeerCertificate().subject?.CN ?? '');
    requests.push({ path, body: JSON.parse((await text(incoming)) || 'null'), user });
    const { status, body } = answers.get(path) ?? { status: 404, body: 'Not Found\n' };
    outgoing.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const folder = '/etc/kubernetes/pki/etcd';
  return {
    url: `https://127.0.0.1:${(http.address() as AddressInfo).port}`,
    answers,
    requests,
    files: {
      [`${folder}/ca.crt`]: server.certPem,
      [`${folder}/healthcheck-client.crt`]: client.certPem,
      [`${folder}/healthcheck-client.key`]: client.keyPem,
    },
    close: () => void http.close(),
  };
}
