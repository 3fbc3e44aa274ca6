import { on } from '../lab/install.ts';

const etcdPki = '/etc/kubernetes/pki/etcd';

export interface Member {
  /** Empty: it never started. */
  name?: string;
  peerURLs: string[];
  isLearner?: boolean;
}

/** etcd's own list of members, asked from the member of this master; a majority has to live. */
export async function etcdMembers(master: string): Promise<Member[]> {
  const identity = [
    '--cacert',
    `${etcdPki}/ca.crt`,
    '--cert',
    `${etcdPki}/server.crt`,
    '--key',
    `${etcdPki}/server.key`,
  ];
  const url = 'https://127.0.0.1:2379/v3/cluster/member/list';
  return (
    JSON.parse(await on(master, 'curl', '-sSf', '-m', '5', ...identity, '-d', '{}', url)) as { members: Member[] }
  ).members;
}
