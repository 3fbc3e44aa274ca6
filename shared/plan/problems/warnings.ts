import { defineErrors } from '../../errors/definition.ts';

/** What is valid but probably not meant. `seen`: the value read. */
export const warnings = defineErrors({
  'control-planes-even': {
    message: {
      en: '{count} control planes tolerate the loss of {tolerated}, as {fewer} do, because etcd needs a majority of its members; plan an odd number, such as {fewer} or {more}',
      zh: '{count} 个控制平面只能容忍 {tolerated} 个故障，与 {fewer} 个相同，因为 etcd 需要多数成员；请在计划中使用奇数个，例如 {fewer} 或 {more} 个',
    },
  },
  'name-number': {
    message: {
      en: 'programs such as ping and curl take {seen} for an address; use a name with a letter',
      zh: 'ping、curl 等程序会将 {seen} 视为地址；请使用含字母的名称',
    },
  },
  'etcd-endpoints-even': {
    message: {
      en: '{count} endpoints: an etcd of {count} members tolerates the loss of {tolerated}, as one of {fewer} does, because it needs a majority; run an odd number of members, and list them all',
      zh: '{count} 个端点：{count} 个成员的 etcd 只能容忍 {tolerated} 个故障，与 {fewer} 个成员相同，因为 etcd 需要多数成员；请运行奇数个成员，并全部列出',
    },
  },
  'subnet-public': {
    message: {
      en: '{seen} contains public addresses, whose owners pods and hosts can no longer reach; use a private subnet such as {usual}',
      zh: '{seen} 包含公网地址，Pod 和主机将无法访问其所有者；请使用私有子网，例如 {usual}',
    },
  },
  'subnet-of-bridge': {
    message: {
      en: '{seen} overlaps {range}, which {program} gives its bridge {bridge} by default; use another subnet such as {usual}',
      zh: '{seen} 与 {range} 重叠，{program} 默认将其用于网桥 {bridge}；请使用其他子网，例如 {usual}',
    },
  },
  'address-of-bridge': {
    message: {
      en: '{seen} is in {range}, which {program} gives its bridge {bridge} by default, so that hosts no longer reach it; set bip in daemon.json to another range',
      zh: '{seen} 位于 {range} 中，{program} 默认将其用于网桥 {bridge}，主机将无法再访问它；请在 daemon.json 中将 bip 设为其他地址段',
    },
  },
  'source-in-pod-subnet': {
    message: {
      en: '{seen} is in the pod subnet {subnet}: hosts no longer reach it once a node gives its pods that range; for a new cluster, set network.podSubnet to another subnet',
      zh: '{seen} 位于 Pod 子网 {subnet} 中：节点为其 Pod 分配该地址段后，主机将无法再访问它；新集群请将 network.podSubnet 设为其他子网',
    },
  },
  'source-in-service-subnet': {
    message: {
      en: '{seen} is in the service subnet {subnet}: hosts no longer reach it once a Service has its address; for a new cluster, set network.serviceSubnet to another subnet',
      zh: '{seen} 位于 Service 子网 {subnet} 中：Service 使用其地址后，主机将无法再访问它；新集群请将 network.serviceSubnet 设为其他子网',
    },
  },
  'coordinator-port-in-node-ports': {
    message: {
      en: 'port {port} is in the range of NodePort Services ({range}), and hosts no longer reach the coordinator once a Service has it; use another port',
      zh: '端口 {port} 位于 NodePort Service 的范围（{range}）内，若被 Service 占用，主机将无法再访问协调器；请使用其他端口',
    },
  },
  'endpoint-port-in-node-ports': {
    message: {
      en: 'port {port} is in the range of NodePort Services ({range}), and hosts no longer reach the API server once a Service has it; for a new cluster, use another port, such as 6443',
      zh: '端口 {port} 位于 NodePort Service 的范围（{range}）内，若被 Service 占用，主机将无法再访问 API 服务器；新集群请使用其他端口，例如 6443',
    },
  },
  'host-loopback-each': {
    message: {
      en: '{seen}: on each host, {host} is that host itself; unless each host runs it, set the address at which all hosts reach it',
      zh: '{seen}：在每台主机上，{host} 都指其自身；除非每台主机都运行它，否则请设为所有主机访问它的地址',
    },
  },
  'node-range-small': {
    message: {
      en: 'a /{node} has {room} addresses for the pods of a host, and a kubelet starts up to {pods}; set kubeletConfiguration.maxPods to {room} or less',
      zh: '/{node} 可为一台主机的 Pod 提供 {room} 个地址，而 kubelet 至多启动 {pods} 个；请将 kubeletConfiguration.maxPods 设为 {room} 或更小',
    },
  },
  'cluster-dns-not-coredns': {
    message: {
      en: '{seen} is not the address of CoreDNS, which gets {tenth}; pods resolve names only if you run a DNS server there',
      zh: '{seen} 不是 CoreDNS 的地址（{tenth}）；仅当您在该地址运行 DNS 服务器时，Pod 才能解析名称',
    },
  },
  'ignored-error-blocks': {
    message: {
      en: 'with {seen} kubeadm ignores this error, but muster’s check {check} still blocks the host; lower that in preflight.lower instead',
      zh: '设置 {seen} 后 kubeadm 会忽略该错误，但 muster 的检查 {check} 仍会阻止主机；请改为在 preflight.lower 中将其降级',
    },
  },
  'port-range-overlaps': {
    message: {
      en: '{seen} contains {ports}, on which Kubernetes itself listens: a Service could take one of them',
      zh: '{seen} 包含 Kubernetes 自身监听的端口 {ports}：Service 可能会占用其中之一',
    },
  },
  'port-range-wide': {
    message: {
      en: '{seen}: the firewall of every host opens these {count} ports to everyone, also to whatever else listens on one of them; use a smaller range, such as 30000-32767, or set firewall: keep and open the ports yourself',
      zh: '{seen}：每台主机的防火墙都会向所有来源开放这 {count} 个端口，其他程序在其中监听的端口也不例外；请使用更小的范围，例如 30000-32767，或设置 firewall: keep 并自行开放端口',
    },
  },
  'argument-misspelt': {
    message: {
      en: 'muster knows no argument {name}, and a component does not start with one that it does not have; {hint}',
      zh: 'muster 不认识参数 {name}，而组件带有未知参数时无法启动；{hint}',
    },
  },
  'field-unlisted': {
    message: {
      en: 'muster does not know this field of Kubernetes {version}; kubeadm ignores it if it does not exist',
      zh: 'muster 不认识 Kubernetes {version} 的该字段；若不存在，kubeadm 会忽略它',
    },
  },
  'key-over-http': {
    message: {
      en: '{seen}: anyone on the way can replace this key and so choose what is installed; use https, add key.sha256, or name a file in key.file',
      zh: '{seen}：传输途中的任何人都能替换此密钥，从而决定安装的内容；请使用 https、添加 key.sha256，或在 key.file 中指定文件',
    },
  },
  'program-over-http': {
    message: {
      en: '{seen}: anyone on the way can replace this program, which runs as root; use https or add sha256',
      zh: '{seen}：传输途中的任何人都能替换此程序，而它以 root 身份运行；请使用 https 或添加 sha256',
    },
  },
  'cri-dockerd-unused': {
    message: {
      en: 'only docker with Kubernetes {first} or newer needs cri-dockerd; this setting has no effect',
      zh: '仅 docker 配合 Kubernetes {first} 或更高版本时需要 cri-dockerd；该设置不起作用',
    },
  },
  'manifest-own-range': {
    message: {
      en: '{plugin} in {seen} gives pods addresses of {range}, outside network.podSubnet {subnet}: kube-proxy replaces them with the address of the node when such a pod connects to a Service; use the same range in both',
      zh: '{seen} 中的 {plugin} 为 Pod 分配 {range} 的地址，不在 network.podSubnet {subnet} 中：这些 Pod 连接 Service 时，kube-proxy 会将其地址替换为节点的地址；请将二者设为一致',
    },
  },
  'manifest-over-http': {
    message: {
      en: '{seen}: anyone on the way can replace this manifest, which is applied with the cluster’s admin rights; use https, a file, or add network.plugin.sha256',
      zh: '{seen}：传输途中的任何人都能替换此清单，而它以集群管理员权限部署；请使用 https 或文件，或添加 network.plugin.sha256',
    },
  },
  'calico-untested': {
    message: {
      en: 'Calico {seen} is tested with Kubernetes {from} to {to}, not with {version}; choose another release',
      zh: 'Calico {seen} 仅在 Kubernetes {from} 至 {to} 上测试过，未在 {version} 上测试；请选择其他版本',
    },
  },
  'images-not-mirrored': {
    message: {
      en: '{plugin} takes its images from {registry}, which mirrors of docker.io do not serve; add a mirror of {registry} to runtime.registryMirrors if hosts do not reach it',
      zh: '{plugin} 的镜像来自 {registry}，docker.io 的镜像源不提供；若主机无法访问它，请在 runtime.registryMirrors 中添加 {registry} 的镜像源',
    },
  },
  'images-not-mirrored-docker': {
    message: {
      en: '{plugin} takes its images from {registry}, and docker supports mirrors of docker.io only; if hosts do not reach {registry}, use containerd or manifest: FILE with other image names',
      zh: '{plugin} 的镜像来自 {registry}，而 docker 只支持 docker.io 的镜像源；若主机无法访问 {registry}，请使用 containerd，或 manifest: 文件（使用其他镜像名称）',
    },
  },
  'mirror-path-without-v2': {
    message: {
      en: '{seen} has a path without /v2; containerd takes {root} as the root of the API. For a Harbor project use {harbor}',
      zh: '{seen} 的路径不含 /v2；containerd 以 {root} 作为 API 的根。Harbor 项目请使用 {harbor}',
    },
  },
});

export type WarningCode = keyof typeof warnings;

export function isWarning(code: string): code is WarningCode {
  return Object.hasOwn(warnings, code);
}
