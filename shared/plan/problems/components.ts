import { defineErrors } from '../../errors/definition.ts';

const remove = { en: 'remove it', zh: '请将其删除' } as const;

/** Rules of `kubernetes.components`. `seen`: the value read. */
export const componentRules = defineErrors({
  'field-set-by-muster': {
    message: { en: `muster sets this field; ${remove.en}`, zh: `该字段由 muster 设置；${remove.zh}` },
  },
  'field-set-by-plan': { message: { en: 'set {field} instead', zh: '请改为设置 {field}' } },
  'field-unknown': {
    message: {
      en: 'Kubernetes {version} has no such field; {hint}',
      zh: 'Kubernetes {version} 没有该字段；{hint}',
    },
  },
  'field-too-new': {
    message: {
      en: `Kubernetes {version} has no such field; it exists since {since}; ${remove.en}`,
      zh: `Kubernetes {version} 没有该字段，{since} 起才有；${remove.zh}`,
    },
  },
  'field-removed': {
    message: {
      en: `Kubernetes {until} removed this field; ${remove.en}`,
      zh: `Kubernetes {until} 移除了该字段；${remove.zh}`,
    },
  },
  'field-moved': {
    message: {
      en: 'Kubernetes {until} removed this field; set {instead} instead',
      zh: 'Kubernetes {until} 移除了该字段；请改为设置 {instead}',
    },
  },
  'field-type': {
    message: { en: '{seen} is invalid; required: {type}', zh: '{seen} 无效；要求：{type}' },
  },

  'field-out-of-range': {
    message: { en: '{seen} is out of range; required: {range}', zh: '{seen} 超出范围；要求：{range}' },
  },
  'sync-period-too-long': {
    message: {
      en: '{seen} is longer than syncPeriod ({most}); set a shorter one',
      zh: '{seen} 长于 syncPeriod（{most}）；请设为更短的时长',
    },
  },
  'phase-unknown': {
    message: {
      en: 'kubeadm has no phase {seen}; required: one of {known}',
      zh: 'kubeadm 没有阶段 {seen}；要求：{known} 之一',
    },
  },
  'patches-folder-relative': {
    message: {
      en: '{seen} is relative; required: the absolute path of a folder on the hosts',
      zh: '{seen} 是相对路径；要求：主机上目录的绝对路径',
    },
  },
  'admission-plugin-unknown': {
    message: {
      en: 'kube-apiserver does not start with the admission plugin {plugin}, which does not exist; {hint}',
      zh: '准入插件 {plugin} 不存在，kube-apiserver 无法启动；{hint}',
    },
  },
  'field-not-subnet': {
    message: {
      en: '{seen} is not a subnet; required: an address with a prefix length, such as 192.168.0.0/24',
      zh: '{seen} 不是子网；要求：带前缀长度的地址，例如 192.168.0.0/24',
    },
  },
  'listener-address-invalid': {
    message: {
      en: '{seen} is not an address; required: one such as 0.0.0.0, without a port',
      zh: '{seen} 不是地址；要求：形如 0.0.0.0，不带端口',
    },
  },
  'listener-invalid': {
    message: {
      en: '{seen} is not an address with a port; required: one such as 0.0.0.0:10249',
      zh: '{seen} 不是带端口的地址；要求：形如 0.0.0.0:10249',
    },
  },
  'kubelet-needs': {
    message: {
      en: 'with {field} as planned the kubelet does not start unless: {needed}',
      zh: '按计划设置 {field} 时，kubelet 无法启动，除非：{needed}',
    },
  },
  'eviction-signal-unknown': {
    message: {
      en: 'the kubelet does not start with the eviction signal {signal}, which does not exist; required: one of {signals}',
      zh: '驱逐信号 {signal} 不存在，kubelet 无法启动；要求：{signals} 之一',
    },
  },
  'eviction-percentage': {
    message: { en: '{seen} is out of range; required: at most 100%', zh: '{seen} 超出范围；要求：至多 100%' },
  },
  'eviction-grace-invalid': {
    message: {
      en: '{seen} is invalid; required: a duration with its unit, such as 1m30s',
      zh: '{seen} 无效；要求：带单位的时长，例如 1m30s',
    },
  },
  'eviction-without-grace': {
    message: {
      en: 'evictionSoftGracePeriod has no {signal}, without which the kubelet does not start; add it, such as 1m30s',
      zh: 'evictionSoftGracePeriod 中没有 {signal}，kubelet 无法启动；请添加，例如 1m30s',
    },
  },
  'reserved-resource-unknown': {
    message: {
      en: 'the kubelet does not start with {resource}, which cannot be reserved; required: cpu, memory, ephemeral-storage, pid or hugepages-SIZE',
      zh: '{resource} 不能预留，kubelet 无法启动；要求：cpu、memory、ephemeral-storage、pid 或 hugepages-大小',
    },
  },
  'gate-removed': {
    message: {
      en: `components do not start with the feature gate {gate}, which {until} removed; ${remove.en}`,
      zh: `{until} 移除了特性门控 {gate}，带有它时组件无法启动；${remove.zh}`,
    },
  },
  'gates-unreadable': {
    message: {
      en: 'the component does not start with the feature gate {pair}; required: NAME=true or NAME=false, separated by commas',
      zh: '带有特性门控 {pair} 时组件无法启动；要求：NAME=true 或 NAME=false，以逗号分隔',
    },
  },
  'volume-name-invalid': {
    message: {
      en: 'the name of a volume is required: lower-case letters, digits and hyphens, at most 63 characters',
      zh: '卷的名称为必填项：由小写字母、数字和连字符组成，至多 63 个字符',
    },
  },
  'volume-path-invalid': {
    message: {
      en: 'an absolute path without a colon is required, such as /etc/kubernetes/audit',
      zh: '必须是不含冒号的绝对路径，例如 /etc/kubernetes/audit',
    },
  },
  'volume-repeated': {
    message: {
      en: '{seen} is already used by another volume of this component; use another one',
      zh: '{seen} 已被该组件的另一个卷使用；请使用其他值',
    },
  },

  'argument-pair-invalid': {
    message: {
      en: '{seen} is not an argument; required: name: NAME and value: "VALUE", or a mapping of names to values',
      zh: '{seen} 不是参数；要求：name: 名称 和 value: "值"，或由名称到值的映射',
    },
  },
  'argument-name-invalid': {
    message: {
      en: 'the argument name {name} is invalid; required: a name in lower case without leading dashes, such as audit-log-path',
      zh: '参数名 {name} 无效；要求：小写且不带前导连字符的名称，例如 audit-log-path',
    },
  },
  'argument-repeated': {
    message: {
      en: 'the argument {name} occurs twice, and this Kubernetes version takes each once; remove one',
      zh: '参数 {name} 出现了两次，而该 Kubernetes 版本每个参数只能出现一次；请删除其中一个',
    },
  },

  'argument-not-boolean': {
    message: {
      en: 'the component does not start with {seen}: it reads true and false only; use {meant}',
      zh: '使用 {seen} 时组件无法启动：它只识别 true 和 false；请使用 {meant}',
    },
  },
  'argument-without-unit': {
    message: {
      en: 'the component does not start with {seen}, a duration without its unit; use for example {wanted}',
      zh: '{seen} 是不带单位的时长，组件无法启动；请使用例如 {wanted}',
    },
  },
  'argument-choice': {
    message: {
      en: '{seen} is invalid; required: one of {allowed}',
      zh: '{seen} 无效；要求：{allowed} 之一',
    },
  },
  'argument-file-unmounted': {
    message: {
      en: '{seen} does not exist in the pod of {component}; mount it with clusterConfiguration.{component}.extraVolumes, and put it on the control planes first',
      zh: '{component} 的 Pod 中没有 {seen}；请通过 clusterConfiguration.{component}.extraVolumes 挂载，并先将其放到控制平面上',
    },
  },
  'port-range-invalid': {
    message: {
      en: '{seen} is not a range of ports; required: one such as 30000-32767',
      zh: '{seen} 不是端口范围；要求：例如 30000-32767',
    },
  },

  'argument-removed': {
    message: {
      en: `{component} does not start with the argument {name}, which {until} removed; ${remove.en}`,
      zh: `{component} 自 {until} 起移除了参数 {name}，带有该参数时无法启动；${remove.zh}`,
    },
  },
  'admission-plugin-removed': {
    message: {
      en: `kube-apiserver does not start with the admission plugin {plugin}, which {until} removed; ${remove.en}`,
      zh: `kube-apiserver 自 {until} 起移除了准入插件 {plugin}，带有该插件时无法启动；${remove.zh}`,
    },
  },
  'gate-not-of-kubeadm': {
    message: {
      en: 'this kubeadm has no such feature gate; set those of components in kubeletConfiguration.featureGates, kubeProxyConfiguration.featureGates or the argument feature-gates',
      zh: '该版本的 kubeadm 没有此特性门控；组件的特性门控请设置于 kubeletConfiguration.featureGates、kubeProxyConfiguration.featureGates 或参数 feature-gates',
    },
  },
  'node-label-refused': {
    message: {
      en: 'the kubelet does not start with the label {key}, which it may not set; set it in hosts[].labels',
      zh: 'kubelet 不得设置标签 {key}，带有该标签时无法启动；请在 hosts[].labels 中设置',
    },
  },

  'api-server-unusable': {
    message: {
      en: `with {argument} kubeadm init or the hosts’ join fails; ${remove.en}`,
      zh: `使用 {argument} 时 kubeadm init 或主机加入集群会失败；${remove.zh}`,
    },
  },
  'authorization-mode': {
    message: {
      en: '{seen} lacks Node or RBAC, without which no host can join; use Node,RBAC',
      zh: '{seen} 缺少 Node 或 RBAC，主机将无法加入；请使用 Node,RBAC',
    },
  },
  'bootstrap-signer-off': {
    message: {
      en: '{seen} lacks bootstrapsigner, without which no host can join; use *,bootstrapsigner,tokencleaner',
      zh: '{seen} 缺少 bootstrapsigner，主机将无法加入；请使用 *,bootstrapsigner,tokencleaner',
    },
  },
  'certificate-name-invalid': {
    message: {
      en: '{seen} is not a name for a certificate; required: an IP address or a lower-case DNS name, without port or scheme',
      zh: '{seen} 不是证书的有效名称；要求：IP 地址或小写的 DNS 名称，不带端口和协议',
    },
  },
  'ignored-errors-all': {
    message: {
      en: 'kubeadm does not accept all in its configuration; list the names of the checks',
      zh: 'kubeadm 的配置中不接受 all；请列出检查的名称',
    },
  },
  'cluster-dns-invalid': {
    message: {
      en: '{seen} is not an IP address; CoreDNS gets {tenth}',
      zh: '{seen} 不是 IP 地址；CoreDNS 的地址为 {tenth}',
    },
  },
  'cluster-dns-outside': {
    message: {
      en: '{seen} is not in the service subnet {subnet}; CoreDNS gets {tenth}: use it, or remove this setting',
      zh: '{seen} 不在 Service 子网 {subnet} 中；CoreDNS 的地址为 {tenth}：请使用该地址，或删除该设置',
    },
  },
  'proxy-mode-removed': {
    message: {
      en: 'kube-proxy {version} has no mode userspace; use iptables',
      zh: 'kube-proxy {version} 没有 userspace 模式；请使用 iptables',
    },
  },
  'proxy-mode-too-new': {
    message: {
      en: 'kube-proxy {version} has no mode nftables; it exists since {since}; use iptables or ipvs',
      zh: 'kube-proxy {version} 没有 nftables 模式，{since} 起才有；请使用 iptables 或 ipvs',
    },
  },
  'proxy-mode-needs-gate': {
    message: {
      en: 'kube-proxy {version} has mode nftables only with featureGates.NFTablesProxyMode: true; add it, or use iptables',
      zh: 'kube-proxy {version} 仅在 featureGates.NFTablesProxyMode: true 时支持 nftables 模式；请添加，或使用 iptables',
    },
  },

  'node-mask-invalid': {
    message: {
      en: '{seen} is invalid; required: the prefix length of each host’s pod range, from /{prefix} to /30',
      zh: '{seen} 无效；要求：每台主机的 Pod 地址段的前缀长度，/{prefix} 到 /30',
    },
  },
  'node-mask-ambiguous': {
    message: {
      en: 'kube-controller-manager {version} does not accept this argument; for IPv4 alone, use node-cidr-mask-size',
      zh: 'kube-controller-manager {version} 不接受该参数；仅使用 IPv4 时请用 node-cidr-mask-size',
    },
  },
  'node-ranges-off': {
    message: {
      en: `{plugin} needs a pod range for each host, which allocate-node-cidrs assigns; ${remove.en}`,
      zh: `{plugin} 要求每台主机有 Pod 地址段，由 allocate-node-cidrs 分配；${remove.zh}`,
    },
  },
});
