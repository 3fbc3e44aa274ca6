import { defineErrors } from '../../../errors/definition.ts';
import { remove } from './remove.ts';

/** The components of the control plane. */
export const controlPlaneRules = defineErrors({
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
