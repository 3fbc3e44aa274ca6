import { defineErrors } from '../definition.ts';

/** Join credentials and duties of control planes. */
export const joiningErrors = defineErrors({
  'nothing-to-join': {
    status: 409,
    message: { en: '{host} creates the cluster; it does not join one', zh: '{host} 创建集群，无需加入' },
  },
  'host-held': {
    status: 409,
    message: { en: '{host} is not allowed to join: {reason}', zh: '不允许 {host} 加入：{reason}' },
  },
  'join-not-yet': { status: 503, retryAfter: 1, message: { en: '{reason}', zh: '{reason}' } },
  'no-cluster': {
    status: 409,
    message: { en: 'no control plane has reported its cluster', zh: '还没有控制平面上报其集群' },
  },
  'mint-failed': {
    status: 503,
    retryAfter: 5,
    message: {
      en: 'cannot create a join credential: {reason}',
      zh: '无法签发加入凭据：{reason}',
    },
  },
  'duty-token-missing': {
    status: 422,
    message: {
      en: 'the result of a mint-join-credential duty requires `token`',
      zh: 'mint-join-credential 任务的结果必须包含 `token`',
    },
  },
  'target-part-unknown': {
    status: 404,
    message: { en: 'this host’s target has no part with this SHA-256', zh: '该主机的目标中没有该 SHA-256 的部分' },
  },
  'duty-key-missing': {
    status: 422,
    message: {
      en: 'the result of a mint-join-credential duty for control plane {host} requires `sealedKey`',
      zh: '控制平面 {host} 的 mint-join-credential 任务的结果必须包含 `sealedKey`',
    },
  },
  'recipient-missing': {
    status: 422,
    message: {
      en: 'the join of control plane {host} requires a recipient for the certificate key: the agent there is older than this coordinator',
      zh: '控制平面 {host} 的加入需要证书密钥的接收方：该主机的代理比此协调器旧',
    },
    remedy: {
      en: 'see the progress with muster updates; to update at once, run the install command on {host} again: sudo muster token create {host}',
      zh: '用 muster updates 查看更新进度；若要立即更新，请在 {host} 上重新运行安装命令：sudo muster token create {host}',
    },
  },
  'certificate-key-invalid': {
    message: {
      en: 'the received certificate key is not encrypted for this host; a new one is requested',
      zh: '收到的证书密钥不是加密给该主机的；将请求新的密钥',
    },
  },
  'duty-unknown': { status: 404, message: { en: '{host} has no duty {id}', zh: '{host} 没有任务 {id}' } },
  'cluster-ca-invalid': { status: 422, message: { en: '{seen}', zh: '{seen}' } },
  'cluster-not-lost': {
    status: 409,
    message: { en: '{seen}; there is no cluster to recreate', zh: '{seen}；没有需要重新创建的集群' },
    remedy: 'muster status',
  },
  'no-certificate-request': {
    message: {
      en: 'no certificate signing request of {host} that can be approved was found before {until}',
      zh: '在 {until} 之前没有发现 {host} 可批准的证书签名请求',
    },
  },
  'not-signed': {
    message: {
      en: 'kube-controller-manager did not sign the join credential within {seconds} s',
      zh: 'kube-controller-manager 未在 {seconds} 秒内为加入凭据签名',
    },
    remedy: {
      en: 'on the control plane: kubectl -n kube-system logs -l component=kube-controller-manager',
      zh: '在控制平面上：kubectl -n kube-system logs -l component=kube-controller-manager',
    },
  },
  'token-not-minted-for-host': {
    status: 403,
    message: {
      en: 'bootstrap token {token} was not minted for {host}: its certificate signing request is not approved',
      zh: '引导令牌 {token} 不是为 {host} 签发的：不批准其证书签名请求',
    },
  },
  'node-is-control-plane': {
    status: 403,
    message: {
      en: 'Node {host} is a control plane: it is neither deleted nor replaced by a worker',
      zh: '节点 {host} 是控制平面：不会被删除，也不会被工作节点取代',
    },
  },
  'control-plane-away': {
    status: 409,
    message: {
      en: 'control plane {host} is being removed or replaced (since {since}); required: one at a time',
      zh: '控制平面 {host} 正在被移除或更换（自 {since} 起）；要求：一次一个',
    },
    remedy: {
      en: 'no action needed: continues when the operation of {host} ends; see muster operations',
      zh: '无需操作：{host} 的操作结束后自动继续；参见 muster operations',
    },
  },
  'role-not-planned': {
    status: 403,
    message: {
      en: '{host} is planned as {planned}, so no join credential of a {asked} is valid for it',
      zh: '{host} 在计划中为 {planned}，因此 {asked} 的加入凭据对其无效',
    },
  },
  'not-assigned': {
    status: 403,
    message: { en: 'this control plane has no assignment', zh: '该控制平面没有分配' },
  },
  'no-kubeadm-config': {
    message: {
      en: 'the cluster has no readable ConfigMap kube-system/kubeadm-config',
      zh: '集群中没有可读取的 ConfigMap kube-system/kubeadm-config',
    },
    remedy: 'kubectl -n kube-system get configmap kubeadm-config -o yaml',
  },
  'no-node': { message: { en: 'the cluster has no Node {host}', zh: '集群中没有节点 {host}' } },
});
