import { anywhere, kubelet, onHost, output, problem } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { ofApiServer, ofOtherServer } from './certificates.ts';

const uploaded = 'kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-system get secret kubeadm-certs';

const uploadsAgain = {
  en: 'muster uploads the certificates with a new key and repeats the join.',
  zh: 'muster 会以新密钥上传证书，并重新加入。',
};

/** Credentials, certificates and leftovers that stop a join. */
export const join: readonly Failure[] = [
  {
    id: 'join-token-invalid',
    title: { en: 'Bootstrap token expired or deleted', zh: '引导令牌已过期或被删除' },
    cause: {
      en: 'The cluster does not have the bootstrap token of this join.',
      zh: '集群中没有此次加入所用的引导令牌。',
    },
    remedy: {
      en: 'If this persists, check what deletes Secrets in kube-system and whether kube-controller-manager is running.',
      zh: '若持续出现，请检查是什么删除了 kube-system 中的 Secret，以及 kube-controller-manager 是否在运行。',
    },
    next: { en: 'muster requests a new token and retries.', zh: 'muster 会请求新的令牌并重试。' },
    command: 'kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-system get pods,secrets',
    where: 'control-plane',
    hopeless: true,
    clues: [
      output(/could not find a JWS signature|does not yet contain a JWS signature for token ID/, {
        until: /to validate TLS against the pinned|has joined the cluster/,
      }),
      output(/token id "?\w{6}"? is invalid for this cluster\b/i),
      kubelet(
        /bootstrap.{0,300}?Unauthorized|cannot create certificate signing request: (?:Unauthorized|the server has asked for the client to provide credentials)/,
      ),
    ],
    automatic: { remedy: 'try-again', tries: 5 },
  },
  {
    id: 'cluster-info-forbidden',
    title: { en: 'Cluster refuses joins', zh: '集群拒绝加入' },
    cause: {
      en: 'The API server refuses what a join reads: {what}. kubeadm init did not complete its phase bootstrap-token, or its roles were deleted.',
      zh: 'API 服务器拒绝加入时的读取：{what}。kubeadm init 未完成 bootstrap-token 阶段，或其角色已被删除。',
    },
    remedy: {
      en: 'Run that phase again on a control plane.',
      zh: '在控制平面上重新运行该阶段。',
    },
    command: 'kubeadm init phase bootstrap-token --kubeconfig /etc/kubernetes/admin.conf',
    where: 'control-plane',
    explains: ['kubelet-credential-lost'],
    clues: [
      output(/(?<what>configmaps "cluster-info" (?:is forbidden|not found))/),
      anywhere(
        /(?<what>certificatesigningrequests\.certificates\.k8s\.io is forbidden: User "system:bootstrap:\w{6}" cannot create)/,
      ),
    ],
  },
  {
    id: 'cluster-configuration-forbidden',
    title: { en: 'Cluster’s configuration cannot be read', zh: '无法读取集群的配置' },
    cause: {
      en: 'The API server refuses what a join reads: {what}. kubeadm init did not complete its phase upload-config, or its roles were deleted.',
      zh: 'API 服务器拒绝加入时的读取：{what}。kubeadm init 未完成 upload-config 阶段，或其角色已被删除。',
    },
    remedy: {
      en: 'Run that phase again on a control plane, with the configuration that the cluster was created with: kubeadm init phase upload-config all --config FILE. The command shows what exists.',
      zh: '在控制平面上以创建集群时的配置重新运行该阶段：kubeadm init phase upload-config all --config FILE。该命令会显示现有内容。',
    },
    command:
      'kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-system get configmaps,roles,rolebindings | grep kube',
    where: 'control-plane',
    clues: [output(/(?<what>configmaps "(?:kubeadm-config|kubelet-config)" (?:is forbidden|not found))/)],
  },
  {
    id: 'ca-pin-mismatch',
    title: { en: 'Cluster CA does not match the join credential', zh: '集群 CA 与加入凭据不符' },
    cause: {
      en: 'The control plane presents another CA than the join credential names: it was rebuilt, or another machine uses its address.',
      zh: '控制平面出示的 CA 与加入凭据中的不同：控制平面已重建，或其他机器使用了其地址。',
    },
    remedy: {
      en: 'If this persists, check which machine answers at {endpoint}.',
      zh: '若持续出现，请检查 {endpoint} 上应答的是哪台机器。',
    },
    next: {
      en: 'muster requests a new credential with the current CA and retries.',
      zh: 'muster 会请求包含当前 CA 的新凭据并重试。',
    },
    command: 'curl -sk https://{endpoint}/version',
    where: 'host',
    hopeless: true,
    clues: [
      output(/none of the public keys "?sha256:[0-9a-f]+"? are pinned/),
      output(/cluster CA found in cluster-info ConfigMap is invalid/),
      output(/invalid discovery token CA certificate hash/),
    ],
    automatic: { remedy: 'try-again', tries: 5 },
  },
  {
    id: 'stale-ca',
    title: { en: 'Control plane was rebuilt', zh: '控制平面已重建' },
    cause: {
      en: 'This host’s certificates belong to the CA of an earlier cluster.',
      zh: '该主机的证书属于先前集群的 CA。',
    },
    remedy: { en: 'No action needed.', zh: '无需操作。' },
    next: {
      en: 'muster resets the old membership and joins the host to the current cluster.',
      zh: 'muster 会重置旧的成员关系，并将该主机加入当前集群。',
    },
    command: 'kubeadm reset --force && systemctl restart muster-agent',
    where: 'host',
    passing: true,
    clues: [
      onHost(/x509: certificate signed by unknown authority/, { also: ofApiServer, unless: ofOtherServer }),
      kubelet(/x509: certificate signed by unknown authority/, {
        unless: new RegExp(`https://|${ofOtherServer.source}`, 'i'),
      }),
      problem('other-cluster'),
      problem('kubelet-certificate-unknown'),
    ],
    automatic: { remedy: 'try-again', tries: 5 },
  },
  {
    id: 'certificate-wrong-address',
    title: { en: 'API server certificate lacks an address', zh: 'API 服务器证书缺少某个地址' },
    cause: {
      en: 'The API server’s certificate is not valid for {address}: kubeadm used another interface’s address, or the host’s address changed.',
      zh: 'API 服务器证书对 {address} 无效：kubeadm 使用了其他网络接口的地址，或主机地址已变更。',
    },
    remedy: {
      en: 'Correct the address in the plan, then regenerate the certificate with the cluster’s own configuration, which contains the plan’s certSANs. The API server reads it within a minute.',
      zh: '在计划中更正地址，然后用集群自身的配置（其中包含计划的 certSANs）重新生成证书。API 服务器会在一分钟内读取它。',
    },
    command: `cd /etc/kubernetes; f=/root/kubeadm.yaml; kubectl --kubeconfig admin.conf --tls-server-name kubernetes -n kube-system get cm kubeadm-config -o jsonpath='{.data.ClusterConfiguration}' >$f && printf -- '---\\n%s\\nkind: InitConfiguration\\nlocalAPIEndpoint: {advertiseAddress: %s}\\n' "$(grep ^apiVersion $f)" "$(sed -n 's/.*advertise-address=//p' manifests/kube-apiserver.yaml)" >>$f && mv pki/apiserver.* /root/ && kubeadm init phase certs apiserver --config $f`,
    where: 'control-plane',
    hopeless: true,
    explains: ['api-unreachable'],
    clues: [
      anywhere(/x509: certificate is valid for .{1,1000}, not (?<address>[\w.:-]{1,253})/, { unless: ofOtherServer }),
      anywhere(
        /x509: cannot validate certificate for (?<address>[\w.:-]{1,253}) because it doesn't contain any IP SANs/,
        {
          unless: ofOtherServer,
        },
      ),
      anywhere(/x509: certificate is not valid for any names, but wanted to match (?<address>[\w.:-]{1,253})/, {
        unless: ofOtherServer,
      }),
    ],
  },
  {
    id: 'node-exists',
    title: { en: 'A Node of this name already exists', zh: '已有同名 Node' },
    cause: {
      en: 'kubeadm refuses to join: a Ready Node {node} exists. This host was reset a moment ago, or another host uses its name.',
      zh: 'kubeadm 拒绝加入：已有 Ready 状态的 Node {node}。该主机刚被重置，或其他主机使用了同一名称。',
    },
    remedy: { en: 'No action needed, unless another host uses the name.', zh: '无需操作，除非其他主机使用了该名称。' },
    next: {
      en: 'muster deletes the old Node with the next join credential and retries.',
      zh: 'muster 会在签发下一个加入凭据时删除旧 Node 并重试。',
    },
    command: 'kubectl --kubeconfig /etc/kubernetes/admin.conf delete node {node}',
    where: 'control-plane',
    clues: [output(/a Node with name "?(?<node>[\w.-]+)"? and status "?Ready"? already exists/)],
    automatic: { remedy: 'try-again', tries: 5 },
  },
  {
    id: 'leftovers',
    title: { en: 'Files of an earlier cluster exist', zh: '存在先前集群的文件' },
    cause: {
      en: 'kubeadm refuses to run: {path} exists. An earlier init, join or reset did not finish.',
      zh: 'kubeadm 拒绝运行：{path} 已存在。先前的 init、join 或 reset 未完成。',
    },
    remedy: {
      en: 'Check the files, then reset the host. muster removes leftovers of its own runs only.',
      zh: '检查这些文件，然后重置该主机。muster 只清除自己运行时的残留。',
    },
    command: 'kubeadm reset --force && rm -rf /etc/kubernetes/manifests/*.yaml /var/lib/etcd/member',
    where: 'host',
    // The earlier cluster's programs listen on them.
    explains: ['port-in-use'],
    clues: [
      output(
        /\[ERROR (?:File|Dir)Available-[\w.-]{1,200}\]: (?<path>\/[\w./-]{1,200}) (?:already exists|is not empty)/,
      ),
      output(/(?<path>(?<![\w./-])\/[\w./-]{1,200}) (?:already exists|is not empty)/),
    ],
    automatic: { remedy: 'try-again', tries: 3 },
  },
  {
    id: 'certificates-not-uploaded',
    title: { en: 'Control plane certificates are not uploaded', zh: '控制平面证书未上传' },
    cause: {
      en: 'The Secret kubeadm-certs, which another control plane needs to join, does not exist (it expires after two hours), or the role with which a joining host reads it does not.',
      zh: '另一控制平面加入所需的 Secret kubeadm-certs 不存在（其有效期为两小时），或供加入的主机读取它的角色不存在。',
    },
    remedy: {
      en: 'If this persists, check what deletes Secrets in kube-system.',
      zh: '若持续出现，请检查是什么删除了 kube-system 中的 Secret。',
    },
    next: uploadsAgain,
    command: uploaded,
    where: 'control-plane',
    clues: [output(/Secret "?kubeadm-certs"? was not found|secrets "kubeadm-certs" is forbidden/)],
    automatic: { remedy: 'try-again', tries: 3 },
  },
  {
    id: 'certificate-key-wrong',
    title: { en: 'Certificate key is wrong', zh: '证书密钥错误' },
    cause: {
      en: 'The uploaded certificates cannot be decrypted with the certificate key of this join.',
      zh: '无法用此次加入的证书密钥解密已上传的证书。',
    },
    remedy: { en: 'Do not upload certificates manually during a join.', zh: '加入期间请勿手动上传证书。' },
    next: uploadsAgain,
    command: uploaded,
    where: 'control-plane',
    clues: [output(/cipher: message authentication failed|certificate key[^\n]*(?:invalid|wrong)/)],
    automatic: { remedy: 'try-again', tries: 3 },
  },
  {
    id: 'endpoint-not-stable',
    title: { en: 'Cluster has no controlPlaneEndpoint', zh: '集群没有 controlPlaneEndpoint' },
    cause: {
      en: 'The cluster was created without controlPlaneEndpoint and accepts no second control plane.',
      zh: '集群创建时未设置 controlPlaneEndpoint，因此不接受第二个控制平面。',
    },
    remedy: {
      en: 'Set controlPlaneEndpoint in the ConfigMap kubeadm-config and regenerate the API server’s certificate with that name.',
      zh: '在 ConfigMap kubeadm-config 中设置 controlPlaneEndpoint，并用该名称重新生成 API 服务器证书。',
    },
    command: 'kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-system edit configmap kubeadm-config',
    where: 'control-plane',
    clues: [output(/doesn't have a stable controlPlaneEndpoint address/)],
  },
];
