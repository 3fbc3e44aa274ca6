import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, unknown, warning } from '../check.ts';
import type { FleetKnown } from './known.ts';

export const peerPorts: Check<FleetKnown> = {
  id: 'peer-ports',
  group: 'fleet',
  level: 'warning',
  title: { en: 'This host gets through to the others', zh: '本机可访问其他主机的端口' },
  reason: {
    en: 'A firewall between two hosts shows as a join that times out, or as kubectl logs that hang for one node.',
    zh: '主机间的防火墙会表现为加入超时，或某个节点的 kubectl logs 卡住。',
  },
  needed: {
    en: 'an answer of each API server and kubelet that is known to listen',
    zh: '已知在监听的 API server 与 kubelet 均可连通',
  },
  remedy: { en: 'Let TCP 6443 and 10250 pass between all hosts', zh: '在所有主机之间放行 TCP 6443 与 10250' },
  command: '',
  judge({ member, fleet }) {
    const { peers } = member.facts;
    if (!peers) return notLooked;
    // Where nothing listens, no answer says nothing.
    const telling = peers.filter(({ host, port }) => fleet.listening.has(`${host}:${port}`));
    if (telling.length === 0)
      return unknown({ en: 'nothing listens on the other hosts yet', zh: '其他主机上尚无监听' });
    const shut = telling
      .filter(({ state }) => state !== 'open')
      .map(({ host, port, state }) => `${host}:${port} (${state})`);
    if (shut.length === 0) return ok(verbatim(telling.map(({ host, port }) => `${host}:${port}`).join(', ')));
    return warning({ en: `no way to ${shut.join(', ')}`, zh: `无法连通 ${shut.join('、')}` });
  },
};
