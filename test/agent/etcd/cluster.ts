import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createEtcdClient } from '../../../agent/etcd/client.ts';
import type { EtcdAt } from '../../../agent/etcd/members.ts';
import { fakeHost } from '../fake-host.ts';
import { certificate } from '../kube/der.ts';

const server = certificate([['CN', 'etcd-server']]);
const client = certificate([['CN', 'kube-etcd-healthcheck-client']]);
const folder = '/etc/kubernetes/pki/etcd';
const files = {
  [`${folder}/ca.crt`]: server.certPem,
  [`${folder}/healthcheck-client.crt`]: client.certPem,
  [`${folder}/healthcheck-client.key`]: client.keyPem,
};

export interface TestMember {
  id: string;
  /** Empty: it never started. */
  name: string;
  address: string;
  runs: boolean;
  isLearner?: boolean;
}

/**
 * An etcd cluster on loopback, limited to members: each that runs answers on its own port as etcd 3.4 does, and only with
 * a majority of voting members.
 */
export async function startEtcd() {
  const members: (TestMember & { url: string })[] = [];
  const servers: Server[] = [];
  const removed: string[] = [];
  /** Members that were made the leader. */
  const led: string[] = [];

  const voters = () => members.filter(({ isLearner }) => isLearner !== true);
  const hasQuorum = () => voters().filter(({ runs }) => runs).length > voters().length / 2;

  const isLearnerOf = (id: string) => members.find((member) => member.id === id)?.isLearner === true;

  function answer(
    id: string,
    path: string,
    body: { ID?: string; targetID?: string },
  ): { status: number; body: object } {
    const header = { member_id: id, revision: '7' };
    if (path === '/v3/maintenance/status') {
      return {
        status: 200,
        body: { header, version: '3.4.13', dbSize: '1', leader: hasQuorum() ? '1' : '0', isLearner: isLearnerOf(id) },
      };
    }
    if (path === '/v3/cluster/member/list') {
      const list = members.map(({ id: ID, name, address, url, isLearner }) => {
        const clientURLs = name === '' ? [] : [url];
        return { ID, name, peerURLs: [`https://${address}:2380`], clientURLs, isLearner: isLearner === true };
      });
      return { status: 200, body: { header, members: list } };
    }
    if (!hasQuorum()) return { status: 503, body: { code: 14, message: 'etcdserver: request timed out' } };
    if (path === '/v3/maintenance/transfer-leadership') led.push(String(body.targetID));
    if (path === '/v3/cluster/member/remove') {
      removed.push(String(body.ID));
      members.splice(
        members.findIndex((member) => member.id === body.ID),
        1,
      );
    }
    return { status: 200, body: { header } };
  }

  async function add(member: TestMember): Promise<void> {
    const http = createServer({
      cert: server.certPem,
      key: server.keyPem,
      requestCert: true,
      rejectUnauthorized: false,
    });
    http.on('request', async (incoming, outgoing) => {
      const body = JSON.parse(await text(incoming));
      if (members.find(({ id }) => id === member.id)?.runs !== true) return incoming.socket.destroy();
      const found = answer(member.id, incoming.url ?? '', body);
      outgoing.writeHead(found.status).end(JSON.stringify(found.body));
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    servers.push(http);
    members.push({ ...member, url: `https://127.0.0.1:${(http.address() as AddressInfo).port}` });
  }

  /** As seen from the host at an address. */
  const etcdOf =
    (self: string): EtcdAt =>
    async (address) => {
      const found = members.find((member) => member.address === (address === '127.0.0.1' ? self : address));
      return createEtcdClient(fakeHost({ files }), { endpoint: found?.url ?? 'https://127.0.0.1:1' });
    };

  return {
    members,
    removed,
    led,
    add,
    etcdOf,
    close: () => servers.forEach((http) => void http.close()),
  };
}
