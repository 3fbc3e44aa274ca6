import { defineErrors } from '../../../errors/definition.ts';
import { remove } from './remove.ts';

/** Command-line arguments of components. */
export const argumentRules = defineErrors({
  'argument-pair-invalid': {
    message: {
      en: '{seen} is not an argument; required: name: NAME and value: "VALUE", or a mapping of names to values',
      zh: '{seen} 不是参数；要求：“name: 名称”和“value: "值"”，或由名称到值的映射',
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
  'argument-removed': {
    message: {
      en: `{component} does not start with the argument {name}, which {until} removed; ${remove.en}`,
      zh: `{component} 自 {until} 起移除了参数 {name}，带有该参数时无法启动；${remove.zh}`,
    },
  },
  'port-range-invalid': {
    message: {
      en: '{seen} is not a range of ports; required: one such as 30000-32767',
      zh: '{seen} 不是端口范围；要求：例如 30000-32767',
    },
  },
  'admission-plugin-unknown': {
    message: {
      en: 'kube-apiserver does not start with the admission plugin {plugin}, which does not exist; {hint}',
      zh: '准入插件 {plugin} 不存在，kube-apiserver 无法启动；{hint}',
    },
  },
  'admission-plugin-removed': {
    message: {
      en: `kube-apiserver does not start with the admission plugin {plugin}, which {until} removed; ${remove.en}`,
      zh: `kube-apiserver 自 {until} 起移除了准入插件 {plugin}，带有该插件时无法启动；${remove.zh}`,
    },
  },
});
