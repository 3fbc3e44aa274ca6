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
  'second-control-plane': {
    message: {
      en: 'this release supports one control plane; set role: worker for the others',
      zh: '该版本支持一个控制平面；请将其余主机设为 role: worker',
    },
  },

  'version-unsupported': {
    message: {
      en: '{seen} is not supported; Kubernetes {oldest} or later is required',
      zh: '不支持 {seen}；要求 Kubernetes {oldest} 或更高版本',
    },
  },
  'docker-unsupported': {
    message: {
      en: 'Kubernetes {version} does not support docker (removed in {removed}); use containerd',
      zh: 'Kubernetes {version} 不支持 docker（自 {removed} 起移除）；请使用 containerd',
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
  'pod-subnet-too-large': {
    message: { en: '{seen} is too large; at most /{largest} is allowed', zh: '{seen} 过大；最大为 /{largest}' },
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
  'coordinator-port-taken': {
    message: {
      en: 'Kubernetes and the coordinator would both listen on port {port} of the control plane; use another port',
      zh: 'Kubernetes 和协调器都会监听控制平面的端口 {port}；请使用其他端口',
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
  'plugin-ambiguous': {
    message: {
      en: 'set exactly one of calico, flannel and manifest',
      zh: '请在 calico、flannel 和 manifest 中只设置一个',
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

  'field-set-by-muster': {
    message: { en: `muster sets this field; ${remove.en}`, zh: `该字段由 muster 设置；${remove.zh}` },
  },
  'field-set-by-plan': { message: { en: 'set {field} instead', zh: '请改为设置 {field}' } },

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
