import { output } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** Certificates and kubeconfig files that kubeadm finds and does not accept. */
export const pki: readonly Failure[] = [
  {
    id: 'certificate-inconsistent',
    title: { en: 'A certificate does not belong to the CA', zh: '证书与 CA 不匹配' },
    cause: {
      en: 'kubeadm refuses /etc/kubernetes/pki/{name}.crt: {what}. The files of two clusters are mixed, or one was restored without its key.',
      zh: 'kubeadm 拒绝 /etc/kubernetes/pki/{name}.crt：{what}。两个集群的文件混在一起，或恢复时缺少其密钥。',
    },
    remedy: {
      en: 'Move the certificate and its key aside; kubeadm creates them again.',
      zh: '移走该证书及其密钥；kubeadm 会重新创建。',
    },
    next: { en: 'muster retries.', zh: 'muster 会重试。' },
    command: 'mkdir -p /root/pki-old && mv /etc/kubernetes/pki/{name}.* /root/pki-old/',
    where: 'host',
    explains: ['stale-ca', 'clock-wrong'],
    clues: [
      output(/\[certs\] certificate (?<name>[\w/-]{1,60}) (?<what>not signed by CA certificate [\w/-]{1,60})/),
      output(
        /error execution phase certs\/(?<name>[\w/-]{1,60}): .{0,200}?(?<what>the certificate and the key do not match|not signed by CA certificate|certificate .{0,80}is invalid|couldn't load (?:the )?(?:certificate|private key).{0,120})/,
      ),
    ],
  },
  {
    id: 'kubeconfig-missing',
    title: { en: 'kubectl has no kubeconfig', zh: 'kubectl 没有 kubeconfig' },
    cause: {
      en: 'kubectl asks localhost:8080, its default without a kubeconfig: the file is missing, empty or not readable.',
      zh: 'kubectl 访问 localhost:8080，这是没有 kubeconfig 时的默认地址：该文件缺失、为空或不可读。',
    },
    remedy: {
      en: 'Use /etc/kubernetes/admin.conf as root on a control plane.',
      zh: '在控制平面上以 root 身份使用 /etc/kubernetes/admin.conf。',
    },
    command: 'ls -l /etc/kubernetes/admin.conf; kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes',
    where: 'host',
    clues: [output(/server localhost:8080 was refused|localhost:8080: connect: connection refused/)],
  },
  {
    id: 'kubeconfig-inconsistent',
    title: { en: 'A kubeconfig file is of another cluster', zh: 'kubeconfig 文件属于其他集群' },
    cause: {
      en: 'kubeadm refuses {file}, which exists already: it has {what}.',
      zh: 'kubeadm 拒绝已存在的 {file}：{what}。',
    },
    remedy: { en: 'Move the file aside; kubeadm creates it again.', zh: '移走该文件；kubeadm 会重新创建。' },
    next: { en: 'muster retries.', zh: 'muster 会重试。' },
    command: 'mkdir -p /root/pki-old && mv {file} /root/pki-old/',
    where: 'host',
    clues: [
      output(
        /kubeconfig file "(?<file>\/[\w./-]{1,120})" exists already but has (?:got )?(?<what>the wrong [\w ]{1,40})/,
      ),
    ],
  },
];
