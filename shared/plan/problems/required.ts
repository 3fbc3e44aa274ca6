import type { LocalText } from '../../text/local-text.ts';

const defineRequired = <const T extends Record<string, LocalText>>(texts: T): T => texts;

/** Required values by problem code. The schema in written.ts names the codes. */
export const required = defineRequired({
  'value-invalid': { en: 'another value', zh: '其他值' },
  'plan-mapping-invalid': {
    en: 'a mapping with cluster, kubernetes, network and hosts',
    zh: '包含 cluster、kubernetes、network 和 hosts 的映射',
  },
  'name-invalid': {
    en: 'a name of lower-case letters, digits and hyphens, at most 63 characters (RFC 1123), in quotes if YAML takes it for a number',
    zh: '由小写字母、数字和连字符组成的名称，至多 63 个字符（RFC 1123）；若 YAML 会视为数字，请加引号',
  },
  'ipv4-invalid': { en: 'an IPv4 address', zh: 'IPv4 地址' },
  'port-invalid': { en: 'a port from 1 to 65535, without quotes', zh: '1 到 65535 之间的端口，不加引号' },
  'registry-invalid': {
    en: 'a registry as host or host:port, without http://, such as docker.io',
    zh: '形如 host 或 host:port 的镜像仓库，不带 http://，例如 docker.io',
  },

  'kubernetes-invalid': { en: 'a mapping with at least version', zh: '至少包含 version 的映射' },
  'kubernetes-version-invalid': {
    en: 'a Kubernetes version such as 1.23.0 or, with the revision of the package, 1.23.0-00',
    zh: 'Kubernetes 版本，例如 1.23.0，或带软件包修订号的 1.23.0-00',
  },
  'image-repository-invalid': {
    en: 'an image repository without https://, such as registry.aliyuncs.com/google_containers',
    zh: '不带 https:// 的镜像仓库，例如 registry.aliyuncs.com/google_containers',
  },
  'package-source-invalid': {
    en: 'public, aliyun or {url, suite, components, key}',
    zh: 'public、aliyun 或 {url, suite, components, key}',
  },
  'package-url-invalid': {
    en: 'the URL of the package repository, starting with https:// or http://',
    zh: '软件源的 URL，以 https:// 或 http:// 开头',
  },
  'package-suite-invalid': {
    en: 'a suite such as kubernetes-xenial, or / for a flat repository',
    zh: '发行版代号（suite），例如 kubernetes-xenial；扁平软件源为 /',
  },
  'package-component-invalid': { en: 'a component such as main', zh: '组件（component），例如 main' },
  'package-components-invalid': { en: 'a list of components', zh: '组件（component）列表' },
  'package-key-invalid': {
    en: 'the signing key: its URL, {url, sha256} or {file: path next to the plan}',
    zh: '签名密钥：其 URL、{url, sha256} 或 {file: 与计划同目录的路径}',
  },
  'key-url-invalid': {
    en: 'the URL of the signing key, starting with https:// or http://',
    zh: '签名密钥的 URL，以 https:// 或 http:// 开头',
  },
  'key-sha256-invalid': {
    en: 'the SHA-256 of the key file, 64 lower-case hexadecimal digits',
    zh: '密钥文件的 SHA-256，64 位小写十六进制数字',
  },
  'key-file-invalid': { en: 'the path of a key file next to the plan', zh: '与计划同目录的密钥文件的路径' },
  'endpoint-invalid': {
    en: 'the control plane endpoint: name, name:port or {host, port, managed}',
    zh: '控制平面端点：name、name:port 或 {host, port, managed}',
  },
  'endpoint-host-invalid': { en: 'a DNS name or an IPv4 address', zh: 'DNS 名称或 IPv4 地址' },
  'endpoint-managed-invalid': {
    en: 'true (muster writes it to /etc/hosts) or false (your DNS resolves it)',
    zh: 'true（由 muster 写入 /etc/hosts）或 false（由您的 DNS 解析）',
  },
  'components-invalid': { en: 'a mapping of component settings', zh: '组件设置的映射' },
  'arguments-invalid': {
    en: 'a mapping of argument names to values, such as {v: "4"}',
    zh: '由参数名到值的映射，例如 {v: "4"}',
  },
  'component-invalid': { en: 'a mapping of kubeadm fields', zh: 'kubeadm 字段的映射' },

  'runtime-invalid': {
    en: 'docker, containerd or {name, packages, package, version, criDockerd, registryMirrors, insecureRegistries}',
    zh: 'docker、containerd 或 {name, packages, package, version, criDockerd, registryMirrors, insecureRegistries}',
  },
  'runtime-name-invalid': { en: 'docker or containerd', zh: 'docker 或 containerd' },
  'runtime-package-invalid': { en: 'the name of a Debian package', zh: 'Debian 软件包的名称' },
  'runtime-version-invalid': {
    en: 'a version in quotes, or its first numbers, such as "20.10.24" or "1.7"',
    zh: '带引号的版本，或其前几位数字，例如 "20.10.24" 或 "1.7"',
  },
  'runtime-source-invalid': {
    en: 'distribution, docker, aliyun or {url, key} for a mirror of Docker’s repositories, {url, suite, components, key} for any other',
    zh: 'distribution、docker、aliyun；Docker 软件仓库的镜像源用 {url, key}，其他软件仓库用 {url, suite, components, key}',
  },
  'runtime-url-invalid': {
    en: 'the URL of the package repository, starting with https:// or http://',
    zh: '软件仓库的 URL，以 https:// 或 http:// 开头',
  },
  'cri-dockerd-invalid': {
    en: 'a mapping with url, mirror, file, version or sha256',
    zh: '包含 url、mirror、file、version 或 sha256 的映射',
  },
  'cri-dockerd-version-invalid': {
    en: 'a release of cri-dockerd such as 0.3.21',
    zh: 'cri-dockerd 的发行版本，例如 0.3.21',
  },
  'cri-dockerd-url-invalid': {
    en: 'a URL starting with https:// or http://: of the .tgz (url), or of a mirror of the releases (mirror)',
    zh: '以 https:// 或 http:// 开头的 URL：.tgz 文件（url），或发行版本的镜像源（mirror）',
  },
  'cri-dockerd-file-invalid': {
    en: 'a .tgz in the folder of the plan or below it, such as cri-dockerd-0.3.16.amd64.tgz',
    zh: '计划所在目录或其子目录中的 .tgz，例如 cri-dockerd-0.3.16.amd64.tgz',
  },
  'cri-dockerd-sha256-invalid': {
    en: 'the SHA-256 of the .tgz, 64 lower-case hexadecimal digits',
    zh: '.tgz 文件的 SHA-256，64 位小写十六进制数字',
  },
  'mirror-url-invalid': {
    en: 'the URL of a mirror, starting with https:// or http://, without user and password',
    zh: '镜像源的 URL，以 https:// 或 http:// 开头，不含用户名和密码',
  },
  'mirror-list-invalid': { en: 'a list of mirror URLs', zh: '镜像源的列表' },
  'mirrors-invalid': {
    en: 'a list of mirrors of docker.io, or a mapping of registries to lists',
    zh: 'docker.io 的镜像源列表，或由镜像仓库到列表的映射',
  },
  'insecure-registries-invalid': { en: 'a list of registries', zh: '镜像仓库的列表' },

  'network-invalid': { en: 'a mapping with at least plugin', zh: '至少包含 plugin 的映射' },
  'subnet-invalid': { en: 'an IPv4 subnet such as 10.244.0.0/16', zh: 'IPv4 子网，例如 10.244.0.0/16' },
  'dns-domain-invalid': { en: 'a DNS domain such as cluster.local', zh: 'DNS 域，例如 cluster.local' },
  'plugin-invalid': {
    en: 'one of {calico: v3.24.1}, {flannel: v0.25.1} and {manifest: URL or file next to the plan}',
    zh: '{calico: v3.24.1}、{flannel: v0.25.1} 或 {manifest: URL 或与计划同目录的文件} 之一',
  },
  'plugin-release-invalid': { en: 'a release such as v3.24.1', zh: '发行版本，例如 v3.24.1' },
  'plugin-mirror-invalid': {
    en: 'the URL before that of the manifest, such as https://mirror.example.com',
    zh: '置于清单 URL 之前的 URL，例如 https://mirror.example.com',
  },
  'manifest-invalid': { en: 'a URL or a file next to the plan', zh: 'URL 或与计划同目录的文件' },

  'recovery-invalid': {
    en: 'auto (a lost cluster is created again automatically) or ask (muster waits for muster recover)',
    zh: 'auto（自动重建丢失的集群）或 ask（等待执行 muster recover）',
  },
  'firewall-invalid': { en: 'open, off or keep', zh: 'open、off 或 keep' },
  'selinux-invalid': { en: 'permissive, contexts or keep', zh: 'permissive、contexts 或 keep' },
  'proxy-invalid': {
    en: 'a mapping with http, https or both, and optionally noProxy',
    zh: '包含 http、https 或两者的映射，可另含 noProxy',
  },
  'proxy-url-invalid': {
    en: 'http://[USER:PASSWORD@]HOST[:PORT] or https://…; in user and password, %40 for @, %3A for :, %2F for /',
    zh: 'http://[用户:密码@]主机[:端口] 或 https://…；用户和密码中 @ 写作 %40，: 写作 %3A，/ 写作 %2F',
  },
  'no-proxy-entry-invalid': {
    en: 'an address, a subnet such as 10.0.0.0/8 or a domain such as .corp.example; no URL, range or wildcard within',
    zh: '地址、子网（例如 10.0.0.0/8）或域（例如 .corp.example）；不能是 URL、地址段，中间也不能有通配符',
  },
  'no-proxy-invalid': {
    en: 'a list of addresses, subnets and domains that are reached without the proxy',
    zh: '不经 HTTP 代理访问的地址、子网和域的列表',
  },
  'journal-size-invalid': { en: 'a size such as 500M or 2G, or keep', zh: '大小，例如 500M 或 2G；或 keep' },
  'drift-correction-invalid': { en: 'correct or report', zh: 'correct 或 report' },
  'coordinator-invalid': { en: 'a mapping with address, port or both', zh: '包含 address、port 或两者的映射' },
  'coordinator-address-invalid': { en: 'an IPv4 address or a DNS name', zh: 'IPv4 地址或 DNS 名称' },
  'agent-updates-invalid': { en: 'auto or off', zh: 'auto 或 off' },

  'preflight-invalid': { en: 'a mapping with lower', zh: '包含 lower 的映射' },
  'lower-invalid': {
    en: 'a mapping of check IDs such as {cpu-count: {to: warning, reason: lab hosts}}',
    zh: '检查 ID 的映射，例如 {cpu-count: {to: warning, reason: 实验主机}}',
  },
  'lower-to-invalid': { en: 'warning, the only level below error', zh: 'warning，即 error 之下的唯一级别' },
  'lower-reason-invalid': {
    en: 'a reason of 1 to 200 characters; it is shown with the finding',
    zh: '原因，1 到 200 个字符；会与检查结果一同显示',
  },

  'backup-invalid': { en: 'a mapping with every, keep or copies', zh: '包含 every、keep 或 copies 的映射' },
  'backup-every-invalid': { en: 'an interval such as 6h or 1d, or never', zh: '间隔，例如 6h 或 1d；或 never' },
  'backup-keep-invalid': {
    en: 'a number of backups from 1 to 1000, without quotes',
    zh: '备份数量，1 到 1000，不加引号',
  },
  'backup-copies-invalid': { en: 'a list of hosts that keep copies', zh: '保存副本的主机的列表' },

  'load-balancer-invalid': {
    en: 'none, {keepalived: {address, interface, routerId}} or {external: {address}}',
    zh: 'none、{keepalived: {address, interface, routerId}} 或 {external: {address}}',
  },
  'keepalived-invalid': {
    en: 'a mapping with address and, optionally, interface and routerId',
    zh: '包含 address 以及可选的 interface 和 routerId 的映射',
  },
  'external-invalid': { en: 'a mapping with address', zh: '包含 address 的映射' },
  'load-balancer-address-invalid': { en: 'an IPv4 address or a DNS name', zh: 'IPv4 地址或 DNS 名称' },
  'interface-invalid': { en: 'a network interface such as eth0', zh: '网络接口，例如 eth0' },
  'router-id-invalid': {
    en: 'a VRRP virtual router ID from 1 to 255, without quotes, unique in the subnet',
    zh: 'VRRP 虚拟路由器 ID，1 到 255，不加引号，在子网中唯一',
  },

  'etcd-invalid': {
    en: 'stacked or {external: {endpoints, caFile, certFile, keyFile}}',
    zh: 'stacked 或 {external: {endpoints, caFile, certFile, keyFile}}',
  },
  'etcd-external-invalid': {
    en: 'a mapping with endpoints, caFile, certFile and keyFile',
    zh: '包含 endpoints、caFile、certFile 和 keyFile 的映射',
  },
  'etcd-endpoints-invalid': { en: 'a list of 1 to 16 endpoints', zh: '1 到 16 个端点的列表' },
  'etcd-endpoint-invalid': {
    en: 'https://HOST:PORT without a path, such as https://10.0.0.1:2379; plain HTTP exposes every Secret',
    zh: '不带路径的 https://HOST:PORT，例如 https://10.0.0.1:2379；明文 HTTP 会暴露所有 Secret',
  },
  'host-file-invalid': {
    en: 'the absolute path of a file on the control planes, such as /etc/etcd/pki/ca.crt',
    zh: '控制平面上文件的绝对路径，例如 /etc/etcd/pki/ca.crt',
  },

  'hosts-invalid': { en: 'a list of at least one host', zh: '至少包含一台主机的列表' },
  'host-invalid': { en: 'a mapping with name, address and role', zh: '包含 name、address 和 role 的映射' },
  'role-invalid': { en: 'control-plane or worker', zh: 'control-plane 或 worker' },
  'labels-invalid': { en: 'a mapping of labels such as {disk: ssd}', zh: '标签的映射，例如 {disk: ssd}' },
  'string-invalid': { en: 'a string; put the value in quotes', zh: '字符串；请给该值加引号' },
  'taints-invalid': { en: 'a list of taints', zh: '污点的列表' },
  'taint-invalid': {
    en: 'a taint as key=value:Effect or key:Effect; Effect is NoSchedule, PreferNoSchedule or NoExecute',
    zh: '形如 key=value:Effect 或 key:Effect 的污点；Effect 为 NoSchedule、PreferNoSchedule 或 NoExecute',
  },
  'taint-key-invalid': { en: 'the key of the taint', zh: '污点的键' },
  'taint-effect-invalid': {
    en: 'NoSchedule, PreferNoSchedule or NoExecute',
    zh: 'NoSchedule、PreferNoSchedule 或 NoExecute',
  },
});

export type RequiredCode = keyof typeof required;

export function isRequiredCode(code: string): code is RequiredCode {
  return Object.hasOwn(required, code);
}
