import { defineErrors } from '../../../errors/definition.ts';

/** Settings with which the kubelet does not start, or its pods find no names. */
export const kubeletRules = defineErrors({
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
});
