import { defineErrors } from '../../../errors/definition.ts';
import { remove } from './remove.ts';

/** Fields of the configuration of kubeadm, the kubelet and kube-proxy. */
export const fieldRules = defineErrors({
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
});
