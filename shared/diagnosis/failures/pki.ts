import { output } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** As kubeadm names them, and their files below /etc/kubernetes/pki. */
const leaf = 'apiserver(?:-kubelet-client|-etcd-client)?|front-proxy-client|etcd/(?:server|peer|healthcheck-client)';
const authority = '(?:etcd/|front-proxy-)?ca';

/** The phases of certificates that each CA signs. */
const signers = { 'etcd/ca': '(?:apiserver-)?etcd-', 'front-proxy-ca': 'front-proxy-', ca: 'apiserver' };

/** The clock's fault (machine.ts). */
const early = /certificate is not valid yet/;

/** Certificates and kubeconfig files that kubeadm finds and does not accept. */
export const pki: readonly Failure[] = [
  {
    id: 'certificate-inconsistent',
    title: { en: 'A certificate is of another cluster or host', zh: '证书属于其他集群或主机' },
    cause: {
      en: 'kubeadm refuses /etc/kubernetes/pki/{name}.crt: {what}. It was copied from another host or cluster, or restored without its key.',
      zh: 'kubeadm 拒绝 /etc/kubernetes/pki/{name}.crt：{what}。该证书复制自其他主机或集群，或恢复时缺少其密钥。',
    },
    remedy: {
      en: 'Move the certificate and its key aside; kubeadm creates them again.',
      zh: '移走该证书及其密钥；kubeadm 会重新创建。',
    },
    next: { en: 'muster retries.', zh: 'muster 会重试。' },
    command: 'mkdir -p /root/pki-old && mv /etc/kubernetes/pki/{name}.* /root/pki-old/',
    where: 'host',
    explains: ['stale-ca', 'clock-wrong', 'certificate-wrong-address'],
    clues: [
      output(
        new RegExp(
          `certificate (?<name>${leaf}) (?<what>not signed by CA certificate [\\w/-]{1,60}|is not signed by corresponding CA|is invalid: .{1,160})`,
        ),
      ),
      output(new RegExp(`failure loading (?<name>${leaf}) (?:certificate|key): (?<what>.{1,160})`), { unless: early }),
    ],
  },
  {
    id: 'ca-inconsistent',
    title: { en: 'A CA or its key is not usable', zh: 'CA 或其密钥不可用' },
    cause: {
      en: 'kubeadm cannot use /etc/kubernetes/pki/{name}.crt and {name}.key: {what}.',
      zh: 'kubeadm 无法使用 /etc/kubernetes/pki/{name}.crt 和 {name}.key：{what}。',
    },
    remedy: {
      en: 'Restore both files from another control plane or a backup: the certificates of a cluster depend on its CA. If the cluster does not exist yet, move both aside; kubeadm creates a new CA.',
      zh: '从其他控制平面或备份恢复这两个文件：集群的证书依赖于其 CA。若集群尚未创建，请移走这两个文件；kubeadm 会创建新的 CA。',
    },
    command: 'ls -l /etc/kubernetes/pki/{name}.*; cksum /etc/kubernetes/pki/{name}.crt',
    where: 'host',
    explains: ['certificate-inconsistent'],
    clues: [
      output(new RegExp(`failure loading (?<name>${authority}) (?:certificate|key): (?<what>.{1,160})`), {
        unless: early,
      }),
      output(
        new RegExp(
          `certificate authority key: .{0,80}?/etc/kubernetes/pki/(?<name>${authority})\\.key: (?<what>.{1,160})`,
        ),
      ),
      output(new RegExp(`certificate (?<name>${authority}) (?<what>is not a CA)`)),
      output(/certificate "(?<name>(?:front-proxy-)?ca)": (?<what>the certificate and the key do not match)/),
      ...Object.entries(signers).map(([name, phases]) =>
        output(
          new RegExp(
            `(?:phase certs/|certificate ")${phases}.{0,300}?(?<what>provided PrivateKey doesn't match parent's PublicKey)`,
          ),
          { values: { name } },
        ),
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
    id: 'admin-credential-rejected',
    title: { en: 'API server rejects admin.conf', zh: 'API 服务器拒绝 admin.conf' },
    cause: {
      en: 'The API server rejects the client certificate in /etc/kubernetes/admin.conf: it has expired, or belongs to an earlier cluster.',
      zh: 'API 服务器拒绝 /etc/kubernetes/admin.conf 中的客户端证书：证书已过期，或属于先前的集群。',
    },
    remedy: {
      en: 'Renew it, and the other certificates that the command shows as expired: kubeadm certs renew all.',
      zh: '续期该证书，以及该命令显示为已过期的其他证书：kubeadm certs renew all。',
    },
    next: { en: 'muster retries.', zh: 'muster 会重试。' },
    command: 'kubeadm certs renew admin.conf; kubeadm certs check-expiration',
    where: 'host',
    clues: [output(/You must be logged in to the server/)],
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
