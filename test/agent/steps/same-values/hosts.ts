import type { FakeHostOptions } from '../../fake-host.ts';
import type { ApiServer } from '../../kube/api-server.ts';

export const system = '/etc/systemd/system';
const enabled = (unit: string) => ({ [`${system}/multi-user.target.wants/${unit}`]: `/lib/systemd/system/${unit}` });

/** A host that has everything a change could depend on, with the wrong content. */
const full = (api: ApiServer) => ({
  files: {
    '/proc/swaps': 'Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n',
    '/etc/fstab': '/dev/sda2 none swap sw 0 0\n',
    '/proc/sys/kernel/hostname': 'debian\n',
    '/proc/sys/fs/inotify/max_user_instances': '128\n',
    '/sys/fs/selinux/enforce': '1',
    '/etc/selinux/config': 'SELINUX=enforcing\n',
    '/etc/kubernetes/pki/x': '',
    '/var/lib/etcd/x': '',
    '/opt/cni/bin/x': '',
    '/usr/sbin/NetworkManager': '',
    '/etc/firewalld/zones/public.xml': '<zone>\n</zone>\n',
    '/etc/ufw/ufw.conf': 'ENABLED=yes\n',
    '/etc/ufw/before.rules': '*filter\n:ufw-before-input - [0:0]\nCOMMIT\n',
    '/lib/systemd/system/chrony.service': '',
    '/etc/systemd/journald.conf.d/50-muster.conf': 'old',
    '/etc/containerd/certs.d/gone/hosts.toml': '# Written by muster.\n',
    '/etc/apt/sources.list.d/other.list': 'deb http://mirror/kubernetes /\n',
    [`${system}/docker.service.d/50-muster-proxy.conf`]: 'old',
    [`${system}/containerd.service.d/50-muster-proxy.conf`]: 'old',
    [`${system}/kubelet.service.d/50-muster-proxy.conf`]: 'old',
    [`${system}/docker.service.d/50-muster-proxy.env`]: 'old',
    [`${system}/containerd.service.d/50-muster-proxy.env`]: 'old',
    [`${system}/kubelet.service.d/50-muster-proxy.env`]: 'old',
    '/etc/kubernetes/admin.conf': api.kubeconfig(),
  },
  links: { ...enabled('firewalld.service'), ...enabled('zramswap.service') },
});

/** What kubeadm left of a control plane. */
const node = (api: ApiServer) => ({
  '/etc/kubernetes/kubelet.conf': '',
  '/var/lib/kubelet/config.yaml': '',
  '/etc/kubernetes/pki/apiserver.crt': api.caPem,
  '/etc/kubernetes/manifests/kube-apiserver.yaml': '  - command:\n    - kube-apiserver\n    image: x\n',
  '/var/lib/kubelet/pods/1/containers/kube-proxy/x': '',
  '/var/lib/kubelet/pods/1/etc-hosts': '192.0.2.1 demo.muster.internal\n',
});

/** What several control planes leave, and the marker of a proxy that has to restart. */
const proxied = {
  [`${system}/muster-api-proxy.service`]: 'old',
  '/etc/muster-api-proxy/haproxy.cfg': 'old',
  [`${system}/muster-keepalived.service`]: 'old',
  '/etc/muster-keepalived/keepalived.conf': 'old',
  '/etc/muster-keepalived/check-api-server': 'old',
  '/run/muster-agent/restart-muster-api-proxy': '',
  '/var/lib/muster-agent/package-changes.json': '{"packages":["haproxy"],"paths":[],"version":""}',
};

const restarts = {
  '/run/muster-agent/restart-docker': '',
  '/run/muster-agent/restart-containerd': '',
  '/run/muster-agent/restart-cri-docker': '',
};

/** The hosts on which each step is applied: one that lacks nothing, a Node, one with a proxy, one with a runtime that runs. */
export function hostsWith(api: ApiServer): FakeHostOptions[] {
  const all = full(api);
  const asNode = { ...all.files, ...node(api) };
  return [
    all,
    { ...all, files: asNode },
    { ...all, files: { ...asNode, ...proxied } },
    { ...all, files: { ...all.files, ...restarts } },
  ];
}
