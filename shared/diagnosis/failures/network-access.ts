import { anywhere, kubelet } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { byServiceAddress } from './certificates.ts';

/** The default route, the addresses of nodes, and how nodes and pods reach each other and the API server. */
export const networkAccess: readonly Failure[] = [
  {
    id: 'service-ip-unreachable',
    title: { en: 'Service kubernetes is unreachable on this host', zh: '该主机无法访问 Service kubernetes' },
    cause: {
      en: 'Pods of this host cannot reach the API server at {api}, the address of the Service kubernetes: kube-proxy is not running here, a firewall drops its packets, or the service or pod subnet overlaps with the site’s network.',
      zh: '该主机的 Pod 无法通过 Service kubernetes 的地址 {api} 访问 API 服务器：kube-proxy 未在此运行，防火墙丢弃了其数据包，或服务、Pod 子网与站点网络重叠。',
    },
    remedy: {
      en: 'Start kube-proxy on this host (the command shows it and its rules), and check the routes for an overlap.',
      zh: '在该主机上启动 kube-proxy（该命令会显示它及其规则），并检查路由是否重叠。',
    },
    command: 'crictl ps -a --name kube-proxy; iptables-save | grep -c KUBE-SVC; ip route',
    where: 'host',
    clues: [
      anywhere(
        /https:\/\/\[?\d{1,3}(?:\.\d{1,3}){3}\]?:443\/(?:apis?\/|version\b).{0,400}?dial tcp (?<api>\d{1,3}(?:\.\d{1,3}){3}:443): (?:i\/o timeout|connect: (?:connection timed out|no route to host|network is unreachable))/,
        { pods: 'all', also: byServiceAddress, until: /became ready|NodeReady\b/ },
      ),
      // Normal until kube-proxy runs.
      anywhere(
        /https:\/\/\[?\d{1,3}(?:\.\d{1,3}){3}\]?:443\/(?:apis?\/|version\b).{0,400}?dial tcp (?<api>\d{1,3}(?:\.\d{1,3}){3}:443): connect: connection refused/,
        {
          pods: 'all',
          also: byServiceAddress,
          until: /became ready|NodeReady\b/,
          symptom: true,
        },
      ),
    ],
  },
  {
    id: 'no-default-route',
    title: { en: 'Host has no default route', zh: '主机没有默认路由' },
    cause: {
      en: 'This host has no default route, from which {program} takes the node’s address and interface.',
      zh: '该主机没有默认路由，而 {program} 需要据此确定节点的地址和网络接口。',
    },
    remedy: {
      en: 'Add a default route, also for the next boot.',
      zh: '添加默认路由，并在下次启动时保留。',
    },
    command: 'ip -br addr; ip route',
    where: 'host',
    explains: ['node-pod-crashing', 'network-plugin-missing'],
    clues: [
      anywhere(/failed to get default interface|Unable to find default (?:v[46] )?route/, {
        values: { program: 'flannel' },
      }),
      anywhere(/unable to select an IP from (?:default routes|lo network interface)|no default routes found in/, {
        values: { program: 'kubeadm' },
      }),
    ],
  },
  {
    id: 'calico-address-missing',
    title: { en: 'Calico cannot detect the host’s address', zh: 'Calico 无法检测主机的地址' },
    cause: {
      en: 'calico-node exits: no network interface has an address that it can use.',
      zh: 'calico-node 退出：没有网络接口带有其可用的地址。',
    },
    remedy: {
      en: 'Let Calico use the node’s own address: IP_AUTODETECTION_METHOD=kubernetes-internal-ip.',
      zh: '让 Calico 使用节点自身的地址：IP_AUTODETECTION_METHOD=kubernetes-internal-ip。',
    },
    command:
      'kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-system set env daemonset/calico-node IP_AUTODETECTION_METHOD=kubernetes-internal-ip',
    where: 'control-plane',
    explains: ['node-pod-crashing', 'network-plugin-missing'],
    clues: [anywhere(/Unable to auto-?detect an IPv[46] address|Couldn't autodetect an IPv[46] address/)],
  },
  {
    id: 'calico-address-taken',
    title: { en: 'Calico has assigned this address to another node', zh: 'Calico 中该地址已属于其他节点' },
    cause: {
      en: 'calico-node exits: the node {other} already has {address}. That host is a clone, or it was renamed and its Node was not deleted.',
      zh: 'calico-node 退出：节点 {other} 已使用 {address}。该主机是克隆的，或曾被改名而其 Node 未删除。',
    },
    remedy: {
      en: 'Delete the Node that no longer exists, or give one of the hosts another address. Calico removes its entry with the Node.',
      zh: '删除已不存在的 Node，或为其中一台主机更换地址。Calico 会随该 Node 删除其条目。',
    },
    command: 'kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes -o wide',
    where: 'control-plane',
    explains: ['node-pod-crashing', 'network-plugin-missing'],
    clues: [
      anywhere(
        /Calico node '(?<other>[\w.-]{1,253})' is already using the IPv[46] address (?<address>[\da-f.:]{2,45}[\da-f])/,
      ),
    ],
  },
  {
    id: 'calico-peers-unreachable',
    title: { en: 'Calico’s peers are unreachable', zh: 'Calico 的对等节点不可达' },
    cause: {
      en: 'calico-node on this host has no BGP session with {peers}: TCP 179 is blocked, those hosts are down, or Calico uses the address of another interface.',
      zh: '该主机上的 calico-node 与 {peers} 没有 BGP 会话：TCP 179 被阻断、这些主机已停止，或 Calico 使用了其他网络接口的地址。',
    },
    remedy: {
      en: 'Allow TCP 179 between all nodes (the command tests one); if the addresses are wrong, set IP_AUTODETECTION_METHOD=kubernetes-internal-ip of calico-node.',
      zh: '在所有节点之间放行 TCP 179（该命令会测试其中一个）；若地址不对，请为 calico-node 设置 IP_AUTODETECTION_METHOD=kubernetes-internal-ip。',
    },
    command: 'curl -sv -m 3 telnet://{peer}:179; ip -br addr',
    where: 'host',
    // A session takes seconds, and a node that is down has none.
    symptom: true,
    clues: [
      kubelet(
        /BGP not established with (?<peers>(?<peer>[\da-f.:]{2,45}?)(?:,[\da-f.:]{2,45}?){0,20})(?=20\d\d-\d\d-|[^\da-f.:,]|$)/,
        {
          until: /became ready|NodeReady\b/,
        },
      ),
    ],
  },
  {
    id: 'pod-addresses-exhausted',
    title: { en: 'No pod addresses are left on this host', zh: '该主机没有可用的 Pod 地址' },
    cause: {
      en: 'Pods cannot start: the network plugin has no free address for them ({what}). Reservations of pods that are gone may remain.',
      zh: 'Pod 无法启动：网络插件没有可用的地址（{what}）。可能残留有已不存在的 Pod 的地址。',
    },
    remedy: {
      en: 'Remove the old reservations; the command recreates all pods of this host. If that many pods run, lower maxPods or use a larger podSubnet in the plan of a new cluster.',
      zh: '删除旧的地址保留；该命令会重新创建该主机的所有 Pod。若确有这么多 Pod，请降低 maxPods，或在新集群的计划中使用更大的 podSubnet。',
    },
    command: 'systemctl stop kubelet; crictl rmp -fa; rm -rf /var/lib/cni/networks/*; systemctl start kubelet',
    where: 'host',
    clues: [anywhere(/(?<what>no IP addresses available in (?:range set|network): [^\s"\\]{1,90})/, { pods: 'all' })],
  },
  {
    id: 'calico-pool-exhausted',
    title: { en: 'Calico has no free pod addresses', zh: 'Calico 没有可用的 Pod 地址' },
    cause: {
      en: 'Pods cannot start: Calico’s IP pools have no free address for this node ({what}). The pool is used up, or blocks of Nodes that no longer exist remain.',
      zh: 'Pod 无法启动：Calico 的 IP 池没有可供该节点使用的地址（{what}）。IP 池已耗尽，或残留有已不存在的 Node 的地址块。',
    },
    remedy: {
      en: 'Delete Nodes that no longer exist; Calico then releases their blocks. If the pool is too small, add an IPPool, or use a larger podSubnet in the plan of a new cluster.',
      zh: '删除已不存在的 Node，Calico 随后会释放其地址块。若 IP 池过小，请添加 IPPool，或在新集群的计划中使用更大的 podSubnet。',
    },
    command:
      'kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes,ippools.crd.projectcalico.org,blockaffinities.crd.projectcalico.org',
    where: 'control-plane',
    clues: [
      anywhere(/(?<what>Assigned 0 out of \d{1,3} requested IPv[46] addresses)/, { pods: 'all' }),
      // calico-node, for the tunnel of its node.
      anywhere(/(?<what>Unable to autoassign an address (?:for \w{1,9} )?- pools are likely exhausted)/),
    ],
  },
];
