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
  'certificate-not-signed': {
    message: {
      en: 'the certificate of {user} was not signed within {seconds} s; the controller-manager signs certificates',
      zh: '{user} 的证书未在 {seconds} 秒内签发；证书由控制器管理器签发',
    },
    remedy: 'crictl ps -a --name kube-controller-manager; crictl logs <ID>',
  },
  'kubeconfig-invalid': {
    message: { en: '{path} is not a usable kubeconfig: {reason}', zh: '{path} 不是可用的 kubeconfig：{reason}' },
  },
});
