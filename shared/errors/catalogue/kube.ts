import { defineErrors } from '../definition.ts';

/** The agent's requests to the API server. */
export const kubeErrors = defineErrors({
  'kube-unreachable': {
    message: { en: 'the API server does not answer: {reason}', zh: 'API 服务器无应答：{reason}' },
  },
  'kube-refused': {
    message: {
      en: 'the API server refused {method} {path}: {reason}',
      zh: 'API 服务器拒绝了 {method} {path}：{reason}',
    },
  },
  'kubeconfig-invalid': {
    message: { en: '{path} is not a usable kubeconfig: {reason}', zh: '{path} 不是可用的 kubeconfig：{reason}' },
  },
});
