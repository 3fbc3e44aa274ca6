import type { LocalText } from '../../text/local-text.ts';
import { nodePortsArgument } from '../node-ports.ts';

/** When a changed plan field takes effect. */
export type Applies = 'now' | 'enrol' | 'join' | 'init';

export interface PlanField {
  /** Path in the resolved plan; covers everything below it that has no entry of its own. */
  path: string;
  /** As written in cluster.yaml. */
  written: string;
  applies: Applies;
  /** How a running cluster gets the new value, if not in the usual way. */
  apply?: LocalText;
}

const upgrade: LocalText = {
  en: 'upgrade with kubeadm upgrade, then set the new version in the plan; muster does not upgrade a running cluster',
  zh: '用 kubeadm upgrade 升级，然后在计划中设置新版本；muster 不会升级运行中的集群',
};

const kubeletConfiguration: LocalText = {
  en: 'edit the ConfigMap kubelet-config in kube-system, then run on each host: kubeadm upgrade node phase kubelet-config',
  zh: '编辑 kube-system 中的 ConfigMap kubelet-config，然后在每台主机上运行：kubeadm upgrade node phase kubelet-config',
};

const kubeProxyConfiguration: LocalText = {
  en: 'edit the ConfigMap kube-proxy in kube-system, then restart the DaemonSet kube-proxy',
  zh: '编辑 kube-system 中的 ConfigMap kube-proxy，然后重启 DaemonSet kube-proxy',
};

const convert: LocalText = {
  en: 'a node leaves the cluster, is reset and joins again in its new role, one at a time: muster operations',
  zh: '节点逐个离开集群、被重置并以新角色重新加入：muster operations',
};

const etcd: LocalText = {
  en: 'other endpoints: edit etcd.external in the ConfigMap kubeadm-config in kube-system, then --etcd-servers in /etc/kubernetes/manifests/kube-apiserver.yaml on each control plane, one after the other; the kubelet restarts the API server. A running cluster cannot switch between stacked and external etcd',
  zh: '更换端点：编辑 kube-system 中 ConfigMap kubeadm-config 的 etcd.external，然后逐个编辑每个控制平面的 /etc/kubernetes/manifests/kube-apiserver.yaml 中的 --etcd-servers；kubelet 会重启 API 服务器。运行中的集群不能在堆叠和外部 etcd 之间切换',
};

const nodePorts: LocalText = {
  en: 'edit the argument in the ConfigMap kubeadm-config in kube-system, then --service-node-port-range in /etc/kubernetes/manifests/kube-apiserver.yaml on each control plane, one after the other; the kubelet restarts the API server, and muster changes the firewalls',
  zh: '编辑 kube-system 中 ConfigMap kubeadm-config 的该参数，然后逐个编辑每个控制平面的 /etc/kubernetes/manifests/kube-apiserver.yaml 中的 --service-node-port-range；kubelet 会重启 API 服务器，muster 会更改防火墙',
};

const components = 'settings.kubernetes.components';
const written = 'kubernetes.components';

/** Every field of the plan, with the moment at which a change takes effect. */
export const planFields: readonly PlanField[] = [
  { path: 'settings.name', written: 'cluster', applies: 'init' },
  { path: 'settings.kubernetes.version', written: 'kubernetes.version', applies: 'init', apply: upgrade },
  { path: 'settings.kubernetes.packageVersion', written: 'kubernetes.version (REVISION)', applies: 'join' },
  { path: 'settings.kubernetes.imageRepository', written: 'kubernetes.imageRepository', applies: 'init' },
  { path: 'settings.kubernetes.packages', written: 'kubernetes.packages', applies: 'now' },
  { path: `${components}.initConfiguration`, written: `${written}.initConfiguration`, applies: 'init' },
  { path: `${components}.clusterConfiguration`, written: `${written}.clusterConfiguration`, applies: 'init' },
  { path: `${components}.joinConfiguration`, written: `${written}.joinConfiguration`, applies: 'join' },
  {
    ...{ path: `${components}.kubeletConfiguration`, written: `${written}.kubeletConfiguration`, applies: 'init' },
    apply: kubeletConfiguration,
  },
  {
    ...{ path: `${components}.kubeProxyConfiguration`, written: `${written}.kubeProxyConfiguration`, applies: 'init' },
    apply: kubeProxyConfiguration,
  },
  { path: 'settings.endpoint', written: 'kubernetes.controlPlaneEndpoint', applies: 'init' },
  { path: 'settings.etcd', written: 'etcd', applies: 'init', apply: etcd },
  { path: 'settings.loadBalancer', written: 'loadBalancer', applies: 'now' },
  { path: 'settings.runtime.name', written: 'runtime', applies: 'join' },
  { path: 'settings.runtime', written: 'runtime.*', applies: 'now' },
  { path: 'settings.network.podSubnet', written: 'network.podSubnet', applies: 'init' },
  { path: 'settings.network.serviceSubnet', written: 'network.serviceSubnet', applies: 'init' },
  { path: 'settings.network.dnsDomain', written: 'network.dnsDomain', applies: 'init' },
  {
    ...{ path: 'settings.network.nodePorts', applies: 'init', apply: nodePorts },
    written: `${written}.clusterConfiguration.apiServer.extraArgs.${nodePortsArgument}`,
  },
  { path: 'settings.network.plugin', written: 'network.plugin', applies: 'now' },
  { path: 'settings.preparation', written: 'firewall, selinux, proxy, journalMaxUse, driftCorrection', applies: 'now' },
  { path: 'settings.hosts', written: 'hosts', applies: 'now' },
  { path: 'settings.preflight', written: 'preflight.lower', applies: 'now' },
  { path: 'hosts.name', written: 'hosts[].name', applies: 'join' },
  { path: 'hosts.address', written: 'hosts[].address', applies: 'join' },
  { path: 'hosts.role', written: 'hosts[].role', applies: 'now', apply: convert },
  { path: 'hosts.labels', written: 'hosts[].labels', applies: 'now' },
  { path: 'hosts.taints', written: 'hosts[].taints', applies: 'now' },
  { path: 'recovery', written: 'recovery', applies: 'now' },
  { path: 'coordinator', written: 'coordinator', applies: 'enrol' },
  { path: 'backup', written: 'backup', applies: 'now' },
  { path: 'agentUpdates', written: 'agentUpdates', applies: 'now' },
];

/** The field that covers a path; undefined: none. */
export function fieldOf(path: string): PlanField | undefined {
  const covers = (one: PlanField) => path === one.path || path.startsWith(`${one.path}.`);
  return planFields.filter(covers).toSorted((a, b) => b.path.length - a.path.length)[0];
}
