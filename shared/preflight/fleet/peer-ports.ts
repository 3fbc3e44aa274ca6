import { type Check, notLooked, ok, unknown, warning } from '../check.ts';
import type { FleetKnown } from './known.ts';

const reached = (list: string[]) => ({ en: `reachable: ${list.join(', ')}`, zh: `可达：${list.join('、')}` });

export const peerPorts: Check<FleetKnown> = {
  id: 'peer-ports',
  group: 'fleet',
  level: 'warning',
  title: { en: 'Other hosts’ ports are reachable', zh: '其他主机的端口可达' },
  reason: {
    en: 'A firewall between hosts causes joins that time out and kubectl logs that hang.',
    zh: '主机之间的防火墙会导致加入超时、kubectl logs 卡住。',
  },
  needed: {
    en: 'an answer from each API server, kubelet and, between control planes, etcd that listens',
    zh: '所有正在监听的 API 服务器、kubelet 以及控制平面之间的 etcd 均有应答',
  },
  remedy: {
    en: 'Allow the API server’s port (TCP 6443 by default) and TCP 10250 between all hosts, and TCP 2379 and 2380 between control planes',
    zh: '在所有主机之间放行 API 服务器的端口（默认 TCP 6443）与 TCP 10250，并在控制平面之间放行 TCP 2379 与 2380',
  },
  command: '',
  judge({ member, fleet }) {
    const { peers } = member.facts;
    if (!peers) return notLooked;
    // No answer proves nothing if nothing listened at that time.
    const telling = peers.filter(
      ({ host, port, state }) => state === 'open' || fleet.listenedBefore(`${host}:${port}`, member.name),
    );
    if (telling.length === 0) return unknown({ en: 'no other host listens yet', zh: '其他主机尚未监听' });
    const shut = telling
      .filter(({ state }) => state !== 'open')
      .map(({ host, port, state }) => `${host}:${port} (${state})`);
    if (shut.length === 0) return ok(reached(telling.map(({ host, port }) => `${host}:${port}`)));
    return warning({ en: `unreachable: ${shut.join(', ')}`, zh: `不可达：${shut.join('、')}` });
  },
};
