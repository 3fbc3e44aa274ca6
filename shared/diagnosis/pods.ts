/** Namespaces of Kubernetes and of network plugins: without their pods, a node does not become Ready. */
const namespaceOfNode = /^(?:kube-|calico-|tigera-|cilium|antrea|weave|flannel|multus|rook-cni)/;
export const isNamespaceOfNode = (namespace: string): boolean => namespaceOfNode.test(namespace);

/** Images that a node needs, by the last part of their name. */
const imageOfNode =
  /(?:^|\/)(?:pause|etcd|coredns|kube-[\w-]+)(?:[:@]|$)|calico|flannel|cilium|weave|antrea|kube-ovn|kube-router|multus|tigera|cni/;

const name = '[a-z0-9][a-z0-9.-]{0,252}';

/** How the kubelet, containerd and docker name a pod; group 1 or `ns`: the namespace. */
const podPatterns: readonly RegExp[] = [
  // pod="shop/web-0", pods=["shop/web-0"], object="shop/web-0" kind="Pod"
  new RegExp(`\\bpods?="?\\[?"?([a-z0-9-]{1,63})/${name}`, 'g'),
  new RegExp(`\\bobject="([a-z0-9-]{1,63})/${name}".{0,80}?\\bkind="Pod"`, 'g'),
  // web-0_shop(uid), pod "web-0_shop"
  new RegExp(`(?<![\\w.-])${name}_([a-z0-9-]{1,63})\\([0-9a-f-]{1,36}\\)`, 'g'),
  new RegExp(`\\bpod "${name}_([a-z0-9-]{1,63})"`, 'g'),
  // containerd: &PodSandboxMetadata{Name:web-0,Uid:…,Namespace:shop, or name:"web-0" uid:"…" namespace:"shop"
  /PodSandboxMetadata\{Name:[^,]{1,253},Uid:[^,]{0,64},Namespace:([a-z0-9-]{1,63})/g,
  /\bname:"[^"]{1,253}"\s{1,3}uid:"[^"]{0,64}"\s{1,3}namespace:"([a-z0-9-]{1,63})"/g,
  // docker: k8s_web_web-0_shop_uid_0
  /\bk8s_[\w.-]{1,63}_[a-z0-9.-]{1,253}_([a-z0-9-]{1,63})_[0-9a-f]/g,
  // An event about a pod.
  /\bKind:"?Pod"?, ?Namespace:"?([a-z0-9-]{1,63})/g,
];

/** Volumes that only users' pods have. */
const volumeOfUser = /\bkubernetes\.io[/~](?:nfs|csi|rbd|iscsi|cephfs|glusterfs|fc)\b|\bvolume "?pvc-/;

/** The pods that a line names, at least by a volume. */
export function podsIn(text: string): { ofNode: boolean }[] {
  const named = podPatterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, namespace = '']) => ({ ofNode: isNamespaceOfNode(namespace) })),
  );
  return named.length === 0 && volumeOfUser.test(text) ? [{ ofNode: false }] : named;
}

const imageNamed =
  /\b(?:[Ii]mage(?:Name)?|PullImage|reference|manifest for|access denied for)(?:(?: |=|: ?)"|":")([a-z0-9][\w./:@-]{0,300})"/g;
const imageUnquoted =
  /\b(?:[Ii]mage(?:Name)?|PullImage|manifest for|access denied for)(?: |=|: ?)([a-z0-9][\w.-]{0,200}[/:][\w./:@-]{1,300})/g;
const registryNamed = /https?:\/\/([\w.:[\]-]{1,253})\/(?:v2\/|[\w./-]{0,80}token\b)/g;

/** The images that a line names, and the registries that it names by URL. */
export function pullsIn(text: string): { images: string[]; registries: string[] } {
  const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, it = '']) => it.replace(/[.:]+$/, ''));
  return { images: [imageNamed, imageUnquoted].flatMap(named), registries: named(registryNamed) };
}

export const isImageOfNode = (image: string): boolean => imageOfNode.test(image);
