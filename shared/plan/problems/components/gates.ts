import { defineErrors } from '../../../errors/definition.ts';
import { remove } from './remove.ts';

/** Feature gates. */
export const gateRules = defineErrors({
  'gate-removed': {
    message: {
      en: `components do not start with the feature gate {gate}, which {until} removed; ${remove.en}`,
      zh: `{until} 移除了特性门控 {gate}，带有它时组件无法启动；${remove.zh}`,
    },
  },
  'gates-unreadable': {
    message: {
      en: 'the component does not start with the feature gate {pair}; required: NAME=true or NAME=false, separated by commas',
      zh: '带有特性门控 {pair} 时组件无法启动；要求：NAME=true 或 NAME=false，以逗号分隔',
    },
  },
  'gate-not-of-kubeadm': {
    message: {
      en: 'this kubeadm has no such feature gate; set those of components in kubeletConfiguration.featureGates, kubeProxyConfiguration.featureGates or the argument feature-gates',
      zh: '该版本的 kubeadm 没有此特性门控；组件的特性门控请设置于 kubeletConfiguration.featureGates、kubeProxyConfiguration.featureGates 或参数 feature-gates',
    },
  },
});
