import { defineErrors } from '../../../errors/definition.ts';

/** Rules of subnets, addresses and ports. `seen`: the value read. */
export const networkRules = defineErrors({
  'subnet-not-first-address': {
    message: {
      en: '{seen} does not begin at the first address of the subnet; use {subnet}',
      zh: '{seen} 不是以子网的首个地址开头；请使用 {subnet}',
    },
  },
  'subnets-overlap': {
    message: {
      en: '{service} overlaps the pod subnet {pod}; use separate subnets',
      zh: '{service} 与 Pod 子网 {pod} 重叠；请使用互不重叠的子网',
    },
  },
  'dual-stack-unsupported': {
    message: {
      en: '{seen}: this release supports IPv4 only, neither IPv6 nor dual stack; use one IPv4 subnet such as {subnet}',
      zh: '{seen}：该版本只支持 IPv4，不支持 IPv6 和双栈；请使用一个 IPv4 子网，例如 {subnet}',
    },
  },
  'subnet-unusable': {
    message: {
      en: '{seen} overlaps {range}, whose addresses hosts do not route; use a private subnet such as {usual}',
      zh: '{seen} 与 {range} 重叠，主机不会路由其中的地址；请使用私有子网，例如 {usual}',
    },
  },
  'pod-subnet-too-large': {
    message: {
      en: '{seen} is too large for a /{node} on each host; at most /{largest} is allowed',
      zh: '每台主机一个 /{node} 时 {seen} 过大；最大为 /{largest}',
    },
  },
  'pod-subnet-too-small': {
    message: {
      en: '/{prefix} has room for {room} hosts, a /{node} each, and the plan has {hosts}; use /{needed} or larger',
      zh: '/{prefix} 只能容纳 {room} 台主机（每台一个 /{node}），而计划中有 {hosts} 台；请使用 /{needed} 或更大的子网',
    },
  },
  'service-subnet-size': {
    message: {
      en: '/{prefix} is not supported; a subnet from /{largest} to /{smallest} is required',
      zh: '不支持 /{prefix}；要求 /{largest} 到 /{smallest} 的子网',
    },
  },
  'address-in-pod-subnet': {
    message: {
      en: '{seen} is in the pod subnet {subnet}; set network.podSubnet to another subnet',
      zh: '{seen} 位于 Pod 子网 {subnet} 中；请将 network.podSubnet 设为其他子网',
    },
  },
  'address-in-service-subnet': {
    message: {
      en: '{seen} is in the service subnet {subnet}; set network.serviceSubnet to another subnet',
      zh: '{seen} 位于 Service 子网 {subnet} 中；请将 network.serviceSubnet 设为其他子网',
    },
  },

  'host-impossible': {
    message: {
      en: '{seen} names the host {host}, which is neither an IPv4 address nor a DNS name; correct it',
      zh: '{seen} 中的主机 {host} 既不是 IPv4 地址也不是 DNS 名称；请更正',
    },
  },
  'host-port-impossible': {
    message: {
      en: '{seen} has port {port}; required: a port from 1 to 65535',
      zh: '{seen} 的端口为 {port}；要求：1 到 65535 之间的端口',
    },
  },
  'host-loopback': {
    message: {
      en: '{seen}: on each host, {host} is that host itself; set the address at which all hosts reach it',
      zh: '{seen}：在每台主机上，{host} 都指其自身；请设为所有主机访问它的地址',
    },
  },

  'endpoint-is-host': {
    message: {
      en: '{seen} belongs to one host; use a separate name, so that the control plane can move and grow',
      zh: '{seen} 属于某台主机；请使用独立的名称，以便控制平面迁移和扩展',
    },
  },
  'endpoint-name-invalid': {
    message: {
      en: '{seen} is invalid; required: a DNS name in lower case such as api.example.com',
      zh: '{seen} 无效；要求：小写的 DNS 名称，例如 api.example.com',
    },
  },
  'endpoint-address-managed': {
    message: {
      en: '{seen} is an address, and muster manages names only; use a name, or managed: false for a load balancer',
      zh: '{seen} 是地址，而 muster 只管理名称；请使用名称，或对负载均衡器设置 managed: false',
    },
  },
  'endpoint-port-taken': {
    message: {
      en: 'Kubernetes uses port {port} for something else; use another port for the API server, such as 6443',
      zh: 'Kubernetes 已将端口 {port} 用于其他用途；请为 API 服务器使用其他端口，例如 6443',
    },
  },
  'coordinator-port-taken': {
    message: {
      en: 'Kubernetes and the coordinator would both listen on port {port} of the control plane; use another port',
      zh: 'Kubernetes 和协调器都会监听控制平面的端口 {port}；请使用其他端口',
    },
  },

  'load-balancer-ambiguous': {
    message: { en: 'set exactly one of keepalived and external', zh: '请在 keepalived 和 external 中只设置一个' },
  },
  'load-balancer-address-unusable': {
    message: {
      en: '{seen} cannot be a virtual address; use a free address of the control planes’ subnet',
      zh: '{seen} 不能用作虚拟地址；请使用控制平面所在子网中的空闲地址',
    },
  },
  'load-balancer-is-host': {
    message: {
      en: '{seen} belongs to one host; use a free address of the control planes’ subnet',
      zh: '{seen} 属于某台主机；请使用控制平面所在子网中的空闲地址',
    },
  },

  'etcd-endpoint-repeated': {
    message: {
      en: '{seen} is already endpoints[{first}]; list each member once',
      zh: '{seen} 已是 endpoints[{first}]；每个成员只需列出一次',
    },
  },
  'etcd-endpoint-loopback': {
    message: {
      en: 'at {seen} each control plane connects to itself; set the address at which all control planes reach this member',
      zh: '{seen} 在每个控制平面上都指其自身；请设为所有控制平面访问该成员的地址',
    },
  },
  'etcd-file-removed': {
    message: {
      en: '{seen} is below {folder}, where a reset or a restart deletes it; use another folder, such as /etc/etcd/pki',
      zh: '{seen} 位于 {folder} 下，重置或重启会将其删除；请使用其他目录，例如 /etc/etcd/pki',
    },
  },
  'etcd-file-repeated': {
    message: {
      en: '{seen} is already {other}; kubeadm copies CA, certificate and key as separate files: use one file for each',
      zh: '{seen} 已用于 {other}；kubeadm 会将 CA、证书和密钥作为单独的文件复制：请各用一个文件',
    },
  },
  'etcd-local-with-external': {
    message: {
      en: 'clusterConfiguration.etcd.local has no effect with etcd.external; remove it',
      zh: '设置 etcd.external 时 clusterConfiguration.etcd.local 不起作用；请将其删除',
    },
  },
});
