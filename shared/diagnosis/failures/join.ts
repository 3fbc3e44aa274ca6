import { anywhere, kubelet, output } from '../clue.ts';
import type { Failure } from '../failure.ts';

/** Credentials, certificates and the way to the API server. */
export const join: readonly Failure[] = [
  {
    id: 'join-token-invalid',
    title: { en: 'The join credential has expired or was deleted', zh: '加入凭据已过期或被删除' },
    cause: {
      en: 'The cluster does not know the bootstrap token of this join (any more).',
      zh: '集群（已）不认识此次加入使用的引导令牌。',
    },
    remedy: {
      en: 'muster gets a new one and tries again. If it lasts: what deletes tokens in kube-system, and does the controller-manager run?',
      zh: 'muster 会获取新令牌并重试。如果持续失败：请检查是什么删除了 kube-system 中的令牌，以及 controller-manager 是否运行。',
    },
    command: 'kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-system get pods,secrets',
    where: 'control-plane',
    hopeless: true,
    clues: [
      output(/could not find a JWS signature|does not yet contain a JWS signature for token ID/),
      output(/token id "?\w{6}"? is invalid for this cluster or it has expired/i),
      kubelet(/bootstrap[^\n]*Unauthorized|cannot create certificate signing request: Unauthorized/),
    ],
    automatic: { remedy: 'try-again', tries: 5 },
  },
  {
    id: 'ca-pin-mismatch',
    title: { en: 'The cluster’s CA is not the expected one', zh: '集群 CA 与预期不符' },
    cause: {
      en: 'What answers as the control plane has another CA than the join credential names: it was rebuilt, or another machine has its address.',
      zh: '应答的控制平面的 CA 与加入凭据中的不同：控制平面已重建，或其他机器占用了该地址。',
    },
    remedy: {
      en: 'muster asks for a new credential, which names the CA as it is now. If it lasts, see who answers at {endpoint}.',
      zh: 'muster 会请求包含当前 CA 的新凭据。如果持续失败，请查明 {endpoint} 上是哪台机器在应答。',
    },
    command: 'curl -sk https://{endpoint}/version',
    where: 'host',
    hopeless: true,
    clues: [
      output(/none of the public keys "?sha256:[0-9a-f]+"? are pinned/),
      output(/cluster CA found in cluster-info ConfigMap is invalid/),
    ],
    automatic: { remedy: 'try-again', tries: 5 },
  },
  {
    id: 'stale-ca',
    title: { en: 'The control plane was rebuilt', zh: '控制平面已重建' },
    cause: {
      en: 'This host trusts, or was signed by, the CA of an earlier cluster.',
      zh: '该主机信任的（或签发其证书的）是之前集群的 CA。',
    },
    remedy: {
      en: 'muster takes the old membership away and joins the host to the cluster as it is now.',
      zh: 'muster 会清除旧的成员关系，并将该主机加入当前集群。',
    },
    command: 'kubeadm reset --force && systemctl restart muster-agent',
    where: 'host',
    passing: true,
    clues: [
      anywhere(/x509: certificate signed by unknown authority(?! .*\/v2\/)/),
      output(/belongs to a cluster with another CA/),
      output(/the API server does not know the kubelet’s certificate/),
    ],
    automatic: { remedy: 'try-again', tries: 5 },
  },
  {
    id: 'certificate-wrong-address',
    title: { en: 'The API server’s certificate lacks an address', zh: 'API 服务器证书缺少地址' },
    cause: {
      en: 'The API server’s certificate is not valid for {address}: kubeadm took the address of another interface, or the host’s address has changed.',
      zh: 'API 服务器证书对 {address} 无效：kubeadm 使用了其他网卡的地址，或主机地址已变更。',
    },
    remedy: {
      en: 'Make the certificate anew with that address, after it has been put into the plan.',
      zh: '请先在计划中更正地址，然后重新生成证书。',
    },
    command:
      'rm /etc/kubernetes/pki/apiserver.crt /etc/kubernetes/pki/apiserver.key && kubeadm init phase certs apiserver --apiserver-cert-extra-sans {address}',
    where: 'control-plane',
    hopeless: true,
    clues: [anywhere(/x509: certificate is valid for [^\n]*, not (?<address>[\w.:-]+)/)],
  },
  {
    id: 'node-exists',
    title: { en: 'A node of this name is in the cluster', zh: '集群中已有同名节点' },
    cause: {
      en: 'kubeadm refuses to join, because a Ready Node named {node} is there: this host was reset moments ago, or another has its name.',
      zh: '集群中已有名为 {node} 的 Ready 节点，kubeadm 拒绝加入：该主机刚被重置，或另一台主机使用了同一名称。',
    },
    remedy: {
      en: 'muster deletes the old Node with the next join credential and tries again.',
      zh: 'muster 会在发放下一个加入凭据时删除旧 Node 并重试。',
    },
    command: 'kubectl --kubeconfig /etc/kubernetes/admin.conf delete node {node}',
    where: 'control-plane',
    clues: [output(/a Node with name "?(?<node>[\w.-]+)"? and status "?Ready"? already exists/)],
    automatic: { remedy: 'try-again', tries: 5 },
  },
  {
    id: 'leftovers',
    title: { en: 'Files of an earlier cluster are in the way', zh: '存在之前集群的残留文件' },
    cause: {
      en: 'kubeadm refuses to work beside {path}: an earlier init, join or reset was not brought to its end.',
      zh: '存在 {path}，kubeadm 拒绝继续：之前的 init、join 或 reset 未执行完毕。',
    },
    remedy: {
      en: 'What muster’s own try left it takes away by itself. What is not muster’s it never deletes: look, then reset.',
      zh: 'muster 自己遗留的文件会自动清除。不属于 muster 的文件绝不会删除：请确认后自行重置。',
    },
    command: 'kubeadm reset --force && rm -rf /etc/kubernetes/manifests/*.yaml /var/lib/etcd/member',
    where: 'host',
    clues: [
      output(/\[ERROR (?:File|Dir)Available-[\w.-]+\]: (?<path>\/[\w./-]+) (?:already exists|is not empty)/),
      output(/(?<path>\/[\w./-]+) (?:already exists|is not empty)/),
    ],
    automatic: { remedy: 'try-again', tries: 3 },
  },
  {
    id: 'certificates-not-uploaded',
    title: { en: 'The control plane’s certificates are not uploaded', zh: '控制平面证书未上传' },
    cause: {
      en: 'The Secret kubeadm-certs, from which another control plane takes its certificates, is gone: it lives two hours.',
      zh: '其他控制平面获取证书所需的 Secret kubeadm-certs 已不存在：其有效期为两小时。',
    },
    remedy: { en: 'Upload them again.', zh: '请重新上传。' },
    command: 'kubeadm init phase upload-certs --upload-certs',
    where: 'control-plane',
    clues: [output(/Secret "?kubeadm-certs"? was not found/)],
    automatic: { remedy: 'try-again', tries: 3 },
  },
  {
    id: 'certificate-key-wrong',
    title: { en: 'The certificate key is wrong', zh: '证书密钥错误' },
    cause: {
      en: 'The uploaded certificates can’t be decrypted with the key that this join was given.',
      zh: '无法用此次加入的证书密钥解密已上传的证书。',
    },
    remedy: { en: 'Upload them again, which makes a new key.', zh: '请重新上传证书，这会生成新的密钥。' },
    command: 'kubeadm init phase upload-certs --upload-certs',
    where: 'control-plane',
    clues: [output(/cipher: message authentication failed|certificate key[^\n]*(?:invalid|wrong)/)],
    automatic: { remedy: 'try-again', tries: 3 },
  },
  {
    id: 'endpoint-not-stable',
    title: { en: 'The cluster has no stable endpoint', zh: '集群没有固定的控制平面端点' },
    cause: {
      en: 'The cluster was created without controlPlaneEndpoint, and so takes no second control plane.',
      zh: '集群创建时未设置 controlPlaneEndpoint，因此无法加入第二个控制平面。',
    },
    remedy: {
      en: 'Set it in the ConfigMap kubeadm-config, and make the API server’s certificate anew with that name.',
      zh: '请在 ConfigMap kubeadm-config 中设置，并用该名称重新生成 API 服务器证书。',
    },
    command: 'kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-system edit configmap kubeadm-config',
    where: 'control-plane',
    clues: [output(/doesn't have a stable controlPlaneEndpoint address/)],
  },
  {
    id: 'api-unreachable',
    title: { en: 'The API server does not answer', zh: '无法连接 API 服务器' },
    cause: {
      en: 'This host can’t reach the API server at {api}: it is down, or a firewall or a route is in the way.',
      zh: '该主机无法连接 {api} 上的 API 服务器：其已停止，或被防火墙或路由阻断。',
    },
    remedy: {
      en: 'muster tries again by itself. See on the control plane whether it runs, and open the port between the hosts.',
      zh: 'muster 会自动重试。请在控制平面确认其是否运行，并放通主机间的端口。',
    },
    command: 'curl -k -m 5 https://{api}/version',
    where: 'host',
    clues: [
      anywhere(
        /(?:https:\/\/|dial tcp )(?<api>[\w.-]+:(?:6443|8443|16443))\S*[^\n]*(?:connection refused|i\/o timeout|no route to host|network is unreachable|deadline exceeded|request canceled|TLS handshake timeout)/,
      ),
      output(/(?<api>[\w.-]+:6443) (?:does not answer|could not be reached)/),
    ],
  },
];
