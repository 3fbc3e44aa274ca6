import { contains, parseSubnet } from '../../subnet.ts';
import { becomesNode, type Check, error, ok, warning } from '../check.ts';

export const upstreamRange: Check = {
  id: 'upstream-range',
  group: 'network',
  level: 'error',
  guards: becomesNode,
  depends: { en: 'Warning on an existing node.', zh: '现有节点为警告。' },
  title: {
    en: 'Nameservers, routers and download sources are outside the pod and service subnets',
    zh: '名称服务器、路由器与下载来源不在 Pod 和 Service 子网内',
  },
  reason: {
    en: 'kube-proxy and the network plugin take over those subnets: a host there becomes unreachable from nodes and pods.',
    zh: 'kube-proxy 与网络插件会接管这些子网：位于其中的主机将无法从节点和 Pod 访问。',
  },
  needed: {
    en: 'no such address in network.podSubnet or network.serviceSubnet',
    zh: 'network.podSubnet 与 network.serviceSubnet 中没有此类地址',
  },
  remedy: {
    en: 'Set the subnet in the plan to an unused one',
    zh: '在计划中将该子网设为未使用的子网',
  },
  command: '',
  judge({ facts: { network, reach }, assignment, owns }) {
    if (assignment === null) return null;
    const { podSubnet, serviceSubnet } = assignment.settings.network;
    const named = [
      ...[...(network.nameservers ?? []), ...(network.upstreamNameservers ?? [])].map((address) => [
        'nameserver',
        address,
      ]),
      ...(network.gateways ?? []).map((address) => ['router', address]),
      ...(reach?.upstreams ?? []).flatMap(({ name, addresses }) => addresses.map((address) => [name, address])),
    ] as [what: string, address: string][];
    const inside = named.flatMap(([what, address]) =>
      [podSubnet, serviceSubnet].flatMap((subnet) => {
        const range = parseSubnet(subnet);
        const text = what === address ? address : `${what} ${address}`;
        return range !== null && contains(range, address) ? [`${text} (${subnet})`] : [];
      }),
    );
    if (inside.length === 0)
      return ok({
        en: `no such address in ${podSubnet} and ${serviceSubnet}`,
        zh: `${podSubnet} 和 ${serviceSubnet} 中没有此类地址`,
      });
    const list = [...new Set(inside)];
    const seen = {
      en: list.join(', '),
      zh: list.join('、').replaceAll('nameserver', '名称服务器').replaceAll('router', '路由器'),
    };
    return (owns ? warning : error)(seen);
  },
};
