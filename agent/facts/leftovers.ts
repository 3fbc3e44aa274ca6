import type { Host } from '../host/host.ts';

const files = [
  '/etc/kubernetes/admin.conf',
  '/etc/kubernetes/kubelet.conf',
  '/etc/kubernetes/bootstrap-kubelet.conf',
  '/etc/kubernetes/pki/ca.crt',
];
const folders = ['/etc/kubernetes/manifests', '/var/lib/etcd'];

/** Leftovers of an earlier cluster: files that exist and folders that are not empty. */
export async function leftoverFacts(host: Host): Promise<string[]> {
  const here = await Promise.all([
    ...files.map((path) => host.exists(path)),
    ...folders.map(async (path) => (await host.list(path)).length > 0),
  ]);
  return [...files, ...folders].filter((_, i) => here[i] === true);
}
