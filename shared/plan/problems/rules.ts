import { defineErrors } from '../../errors/definition.ts';

const remove = { en: 'remove it', zh: '请将其删除' } as const;

/** Rules between values of the plan, files next to it, and Kubernetes. `seen`: the value read. */
export const rules = defineErrors({
  'key-unknown': { message: { en: 'unknown key; {hint}', zh: '未知的键；{hint}' } },

  'name-taken': {
    message: {
      en: '{seen} is already the name of hosts[{first}]; each host needs its own name',
      zh: '{seen} 已是 hosts[{first}] 的名称；每台主机的名称必须不同',
    },
  },
  'address-taken': {
    message: {
      en: '{seen} is already the address of hosts[{first}]; each host needs its own address',
      zh: '{seen} 已是 hosts[{first}] 的地址；每台主机的地址必须不同',
    },
  },
  'name-localhost': {
    message: {
      en: '{seen} refers to every host itself; use another name',
      zh: '{seen} 在每台主机上都指其自身；请使用其他名称',
    },
  },
  'address-unreachable': {
    message: {
      en: 'the other hosts cannot reach {seen}; set the address at which they reach this host',
      zh: '其他主机无法访问 {seen}；请设为其他主机访问该主机的地址',
    },
  },
  'no-control-plane': {
    message: {
      en: 'no host has role: control-plane; set it for one host',
      zh: '没有主机设为 role: control-plane；请为一台主机设置',
    },
  },

  'version-unsupported': {
    message: {
      en: '{seen} is not supported; Kubernetes {oldest} or later is required',
      zh: '不支持 {seen}；要求 Kubernetes {oldest} 或更高版本',
    },
  },
  'runtime-version-unsupported': {
    message: {
      en: '{name} {seen} cannot be used with Kubernetes {kubernetes}; required: {required}. {reason}',
      zh: '{name} {seen} 不能用于 Kubernetes {kubernetes}；要求：{required}。{reason}',
    },
  },
  'version-not-public': {
    message: {
      en: 'the public package source has no Kubernetes {version}, only {first} and later; use aliyun or your own source',
      zh: '公共软件源没有 Kubernetes {version}，只有 {first} 及更高版本；请使用 aliyun 或自己的软件源',
    },
  },

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
      en: '{seen} is in the pod subnet {subnet}; set network.podSubnet to a subnet without hosts',
      zh: '{seen} 位于 Pod 子网 {subnet} 中；请将 network.podSubnet 设为不含主机的子网',
    },
  },
  'address-in-service-subnet': {
    message: {
      en: '{seen} is in the service subnet {subnet}; set network.serviceSubnet to a subnet without hosts',
      zh: '{seen} 位于 Service 子网 {subnet} 中；请将 network.serviceSubnet 设为不含主机的子网',
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
  'load-balancer-is-host': {
    message: {
      en: '{seen} belongs to one host; use a free address of the control planes’ subnet',
      zh: '{seen} 属于某台主机；请使用控制平面所在子网中的空闲地址',
    },
  },

  'label-key-invalid': {
    message: {
      en: 'the key {key} is invalid; required: [dns.name/]name, where name has at most 63 letters, digits, -, _ and .',
      zh: '键 {key} 无效；要求：[dns.name/]name，其中 name 由字母、数字、-、_ 和 . 组成，至多 63 个字符',
    },
  },
  'label-value-invalid': {
    message: {
      en: 'the value {value} is invalid; required: at most 63 letters, digits, -, _ and ., or the empty string',
      zh: '值 {value} 无效；要求：由字母、数字、-、_ 和 . 组成，至多 63 个字符，或空字符串',
    },
  },

  'label-of-kubelet': {
    message: {
      en: 'the kubelet sets {key} and restores its own value; remove it',
      zh: '{key} 由 kubelet 设置，并会恢复其自己的值；请将其删除',
    },
  },
  'label-of-role': {
    message: {
      en: 'kubeadm sets {key} on control planes only; set role: control-plane, or remove it',
      zh: '{key} 仅由 kubeadm 在控制平面上设置；请设置 role: control-plane，或将其删除',
    },
  },
  'taint-of-kubernetes': {
    message: {
      en: 'Kubernetes adds and removes {key} by the state of the node; use another key',
      zh: '{key} 由 Kubernetes 按节点状态添加和移除；请使用其他键',
    },
  },
  'taint-duplicate': {
    message: {
      en: '{key} with the effect {effect} is already in the list; the API server refuses a Node with both; remove one',
      zh: '列表中已有键为 {key}、效果为 {effect} 的污点；API 服务器会拒绝同时带有两者的 Node；请删除其中一个',
    },
  },

  'mirror-path-docker': {
    message: {
      en: 'docker does not start with a mirror that has a path; use the root of a host such as {root}, or containerd',
      zh: '镜像源带有路径时 docker 无法启动；请使用主机的根地址，例如 {root}，或使用 containerd',
    },
  },
  'mirror-registry-alias': {
    message: {
      en: '{registry} is an address of docker.io; images are named docker.io, so write docker.io here',
      zh: '{registry} 是 docker.io 的地址；镜像名称使用 docker.io，请在此填写 docker.io',
    },
  },
  'mirror-query': {
    message: {
      en: '{seen} has a query or fragment, which runtimes do not accept; remove it',
      zh: '{seen} 带有查询参数或片段，运行时不接受；请将其删除',
    },
  },
  'mirror-registry-invalid': {
    message: {
      en: 'the registry {registry} is invalid; required: host or host:port, such as docker.io',
      zh: '镜像仓库 {registry} 无效；要求：host 或 host:port，例如 docker.io',
    },
  },
  'mirror-not-docker-io': {
    message: {
      en: 'docker supports mirrors of {registry} only; remove this one, or use containerd',
      zh: 'docker 只支持 {registry} 的镜像源；请将其删除，或使用 containerd',
    },
  },
  'components-superfluous': {
    message: {
      en: 'a suite that ends with / has no components; remove them',
      zh: '以 / 结尾的 suite 没有组件；请将其删除',
    },
  },
  'components-missing': {
    message: {
      en: 'suite {suite} needs at least one component, such as main',
      zh: 'suite {suite} 至少需要一个组件，例如 main',
    },
  },
  'key-source-ambiguous': {
    message: { en: 'set either url or file', zh: '请设置 url 或 file 之一' },
  },
  'key-not-armoured': {
    message: {
      en: '{seen} is not an armoured OpenPGP key; create one with gpg --armor --export or gpg --enarmor',
      zh: '{seen} 不是 ASCII 封装的 OpenPGP 密钥；可用 gpg --armor --export 或 gpg --enarmor 生成',
    },
  },
  'cri-dockerd-source-ambiguous': {
    message: {
      en: 'set only one of file, url and mirror, and version with mirror only',
      zh: 'file、url 和 mirror 只能设置一个，version 只能与 mirror 一起使用',
    },
  },
  'cri-dockerd-file-not-archive': {
    message: {
      en: '{seen} is not a .tgz of at most {most} MB; download the one of the release again',
      zh: '{seen} 不是不超过 {most} MB 的 .tgz；请重新下载该发行版本的文件',
    },
  },
  'cri-dockerd-file-mismatch': {
    message: {
      en: 'the SHA-256 of the file is {found}; download it again, or correct sha256',
      zh: '该文件的 SHA-256 为 {found}；请重新下载，或更正 sha256',
    },
  },
  'plugin-ambiguous': {
    message: {
      en: 'set exactly one of calico, flannel and manifest',
      zh: '请在 calico、flannel 和 manifest 中只设置一个',
    },
  },
  'calico-too-old': {
    message: {
      en: '{seen}: the manifest of Calico before v3.24.0 is not published at its URL; use v3.24.0 or later, or manifest: FILE',
      zh: '{seen}：v3.24.0 之前的 Calico 清单未发布在其 URL 处；请使用 v3.24.0 或更高版本，或 manifest: 文件',
    },
  },
  'calico-too-new': {
    message: {
      en: '{seen} needs the API policy/v1, which Kubernetes {version} does not have; use manifest: FILE with Calico v3.21, or Kubernetes 1.21 or later',
      zh: '{seen} 需要 policy/v1 API，Kubernetes {version} 没有；请使用 manifest: 文件（Calico v3.21），或 Kubernetes 1.21 或更高版本',
    },
  },
  'flannel-too-old': {
    message: {
      en: '{seen}: Flannel before v0.20.2 has no release file kube-flannel.yml; use v0.20.2 or later, or manifest: FILE',
      zh: '{seen}：v0.20.2 之前的 Flannel 没有发布文件 kube-flannel.yml；请使用 v0.20.2 或更高版本，或 manifest: 文件',
    },
  },
  'manifest-other-range': {
    message: {
      en: '{plugin} in {seen} gives pods addresses of {range}, and network.podSubnet is {subnet}; make both the same',
      zh: '{seen} 中的 {plugin} 为 Pod 分配 {range} 的地址，而 network.podSubnet 为 {subnet}；请使两者一致',
    },
  },
  'images-without-coredns': {
    message: {
      en: '{seen} has no CoreDNS image where kubeadm {version} looks for it; use kubernetes.version {fixed} or later, or another repository',
      zh: '{seen} 中没有 kubeadm {version} 所用路径的 CoreDNS 镜像；请使用 kubernetes.version {fixed} 或更高版本，或其他镜像仓库',
    },
  },
  'images-frozen': {
    message: {
      en: '{seen} gets no images since April 2023 and lacks those of {version}; use registry.k8s.io',
      zh: '{seen} 自 2023 年 4 月起不再更新，没有 {version} 的镜像；请使用 registry.k8s.io',
    },
  },
  'manifest-api-missing': {
    message: {
      en: '{seen} needs the API {api}, which Kubernetes {version} does not have; use the manifest of another release',
      zh: '{seen} 需要 {api} API，Kubernetes {version} 没有；请使用其他版本的清单',
    },
  },
  'plugin-mirror-superfluous': {
    message: {
      en: 'a mirror is for a manifest with a URL; remove it',
      zh: '镜像源只用于通过 URL 获取的清单；请将其删除',
    },
  },
  'manifest-without-objects': {
    message: {
      en: '{seen} contains no Kubernetes objects; a YAML file with objects is required',
      zh: '{seen} 中没有 Kubernetes 对象；要求包含对象的 YAML 文件',
    },
  },
  'file-unreadable': {
    message: {
      en: 'cannot read {seen}: {reason}; set a path relative to the folder of the plan',
      zh: '无法读取 {seen}：{reason}；请设为相对于计划所在目录的路径',
    },
  },

  'check-unknown': { message: { en: 'unknown check; {hint}', zh: '未知的检查；{hint}' } },
  'check-fixed': {
    message: {
      en: 'this check prevents data loss or conflicts between hosts and cannot be lowered; fix what it finds',
      zh: '该检查用于防止数据丢失或主机冲突，不能降级；请解决其发现的问题',
    },
  },
  'check-never-blocks': {
    message: { en: `this check never blocks a host; ${remove.en}`, zh: `该检查不会阻止主机；${remove.zh}` },
  },

  'copy-host-unknown': {
    message: {
      en: '{seen} is not a host of this plan; the plan has {known}',
      zh: '{seen} 不是该计划中的主机；计划中有 {known}',
    },
  },
  'copy-on-coordinator': {
    message: {
      en: '{seen} is the coordinator’s own host; use another host',
      zh: '{seen} 是协调器所在的主机；请使用其他主机',
    },
  },
});
