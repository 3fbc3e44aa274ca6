import { defineErrors } from '../../../errors/definition.ts';

/** Rules of the network plugin and its manifest. `seen`: the value read. */
export const pluginRules = defineErrors({
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
  'manifest-is-page': {
    message: {
      en: '{seen} is a page that shows the file; use {raw}',
      zh: '{seen} 是显示该文件的网页；请使用 {raw}',
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
      en: '{seen} has received no images since {since} and lacks those of {version}; use {wanted}',
      zh: '{seen} 自 {since} 起不再更新，没有 {version} 的镜像；请使用 {wanted}',
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
});
