import { apiProxy } from '../../steps/content/api-proxy.ts';
import { anywhere, kubelet, output, problem } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { byServiceAddress, ofApiServer, ofOtherServer } from './certificates.ts';
import { registered } from './recovered.ts';

const endpoint = String.raw`(?:[\w.-]{1,253}|\[[0-9a-f:]{2,45}\]):`;
const unreachable = (reason: string) =>
  new RegExp(
    String.raw`(?:(?:https://|dial tcp )(?=${endpoint}(?:6443|8443|16443)\b)|https://(?=${endpoint}\d{2,5}/(?:apis?|version|healthz)\b))(?<api>${endpoint}\d{2,5}).{0,600}?(?:${reason})`,
  );
const lasting = 'i/o timeout|no route to host|network is unreachable';
const passing =
  'connection refused|deadline exceeded|request canceled|TLS handshake timeout|client connection lost|use of closed network connection';

/** haproxy without a server that answers. */
const closed = new RegExp(
  String.raw`https://(?=${endpoint}(?:(?:6443|8443|16443)\b|\d{2,5}/(?:apis?|version|healthz)\b))(?<api>${endpoint}\d{2,5}).{0,600}?: (?:EOF|read tcp .{0,100}connection reset by peer)"?$`,
);

const uploaded = 'kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-system get secret kubeadm-certs';
const uploadsAgain = {
  en: 'muster uploads the certificates with a new key and repeats the join.',
  zh: 'muster 会以新密钥上传证书，并重新加入。',
};

/** Credentials, certificates and access to the API server. */
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
      output(/token id "?\w{6}"? is invalid for this cluster or it has expired/i),
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
      output(
        /(?<what>configmaps "(?:cluster-info|kubeadm-config|kubelet-config[\w.-]{0,10})" (?:is forbidden|not found))/,
      ),
    ],
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
      anywhere(/x509: certificate signed by unknown authority/, { also: ofApiServer, unless: ofOtherServer }),
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
      en: 'The Secret kubeadm-certs, which another control plane needs to join, does not exist; it expires after two hours.',
      zh: '另一控制平面加入所需的 Secret kubeadm-certs 不存在；其有效期为两小时。',
    },
    remedy: {
      en: 'If this persists, check what deletes Secrets in kube-system.',
      zh: '若持续出现，请检查是什么删除了 kube-system 中的 Secret。',
    },
    next: uploadsAgain,
    command: uploaded,
    where: 'control-plane',
    clues: [output(/Secret "?kubeadm-certs"? was not found/)],
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
  {
    id: 'api-proxy-stopped',
    title: { en: 'Proxy to the API servers is not running', zh: 'API 服务器代理未运行' },
    cause: {
      en: 'Nothing listens on {api}: haproxy, this host’s proxy to the API servers, is not running.',
      zh: '{api} 上没有监听：该主机的 API 服务器代理（haproxy）未运行。',
    },
    remedy: { en: 'Check why its service is not running.', zh: '查看其服务未运行的原因。' },
    next: {
      en: 'The step api-proxy restarts it.',
      zh: '步骤 api-proxy 会重新启动它。',
    },
    command: 'systemctl status {unit} --no-pager; journalctl -u {unit} -n 20 --no-pager',
    where: 'host',
    explains: ['api-unreachable', 'api-servers-silent'],
    clues: [
      anywhere(/dial tcp (?<api>127\.0\.0\.1:(?:6443|8443|16443)): connect: connection refused/, {
        until: registered,
        values: { unit: apiProxy.unit },
      }),
      // The endpoint's name with any port.
      anywhere(
        /https:\/\/(?!localhost:)[a-z][\w.-]{0,252}:(?<port>\d{2,5})\/(?:apis?|version)\b.{0,600}?dial tcp (?<api>127\.0\.0\.1:\k<port>): connect: connection refused/,
        { until: registered, values: { unit: apiProxy.unit } },
      ),
    ],
  },
  {
    id: 'api-through-proxy',
    title: { en: 'Requests to the API server go through an HTTP proxy', zh: '对 API 服务器的请求经过了 HTTP 代理' },
    cause: {
      en: 'A request to the API server is sent to an HTTP proxy, which does not pass it on: {what}.',
      zh: '对 API 服务器的请求被发往 HTTP 代理，但代理未转发：{what}。',
    },
    remedy: {
      en: 'Add the endpoint and the addresses of the hosts to proxy.noProxy in the plan, and to no_proxy where the environment of the host sets a proxy (the command shows it).',
      zh: '将端点和各主机的地址加入计划的 proxy.noProxy；若主机环境设置了代理（该命令会显示），还需加入 no_proxy。',
    },
    command: 'grep -rnsi _proxy= /etc/environment /etc/profile.d /etc/systemd/system.conf /etc/systemd/system',
    where: 'host',
    explains: ['api-unreachable', 'proxy-unreachable', 'registry-unreachable'],
    clues: [
      anywhere(/(?<what>proxyconnect tcp: [^"]{1,160})/, { also: ofApiServer }),
      anywhere(
        new RegExp(
          String.raw`https://${endpoint}\d{2,5}/(?:apis?|version|healthz)\b[^"\s]{0,300}"?: (?<what>Forbidden|Service Unavailable|Bad Gateway|Gateway Time-?out|Proxy Authentication Required)"?$`,
        ),
      ),
      anywhere(
        /Unable to connect to the server: (?<what>Forbidden|Service Unavailable|Bad Gateway|Gateway Time-?out|Proxy Authentication Required)/,
      ),
    ],
  },
  {
    id: 'endpoint-not-api',
    title: { en: 'Endpoint is not an API server', zh: '端点不是 API 服务器' },
    cause: {
      en: 'What answers at {api} does not speak TLS as an API server does ({what}): another program has the port, or a balancer forwards HTTP instead of TCP.',
      zh: '{api} 上的应答方不像 API 服务器那样使用 TLS（{what}）：其他程序占用了该端口，或负载均衡器转发的是 HTTP 而非 TCP。',
    },
    remedy: {
      en: 'Make the balancer forward TCP (haproxy: mode tcp) to port 6443 of the control planes, or correct the endpoint in the plan.',
      zh: '让负载均衡器以 TCP（haproxy：mode tcp）转发到控制平面的 6443 端口，或更正计划中的端点。',
    },
    command: 'curl -sSkv -m 5 https://{api}/version',
    where: 'host',
    explains: ['api-unreachable', 'api-servers-silent'],
    clues: [
      anywhere(
        new RegExp(
          String.raw`https://(?<api>${endpoint}\d{2,5})/(?:apis?|version|healthz)\b[^"\s]{0,300}"?: (?<what>http: server gave HTTP response to HTTPS client|tls: first record does not look like a TLS handshake)`,
        ),
      ),
    ],
  },
  {
    id: 'api-servers-silent',
    title: { en: 'No API server answers through the proxy', zh: '没有 API 服务器通过代理应答' },
    cause: {
      en: 'This host’s proxy closes connections to {api} at once: it reaches no API server of the control planes.',
      zh: '该主机的代理立即关闭到 {api} 的连接：它无法到达任何控制平面的 API 服务器。',
    },
    remedy: {
      en: 'Check that an API server is running on a control plane, and open its port between the hosts.',
      zh: '检查是否有控制平面上的 API 服务器在运行，并在主机之间放行其端口。',
    },
    command: 'journalctl -u {unit} -n 20 --no-pager',
    where: 'host',
    explains: ['api-unreachable'],
    clues: [
      output(closed, { values: { unit: apiProxy.unit }, when: ({ step }) => step !== 'kubeadm-init' }),
      kubelet(closed, {
        values: { unit: apiProxy.unit },
        until: registered,
        symptom: true,
        when: ({ step }) => step !== 'kubeadm-init',
      }),
    ],
  },
  {
    id: 'api-unreachable',
    title: { en: 'API server is unreachable', zh: 'API 服务器不可达' },
    cause: {
      en: 'This host cannot reach the API server at {api}: it is not running, or a firewall or route blocks it.',
      zh: '该主机无法访问 {api} 上的 API 服务器：其未运行，或被防火墙或路由阻断。',
    },
    remedy: {
      en: 'Check that the API server is running on the control plane, and open its port between the hosts.',
      zh: '检查控制平面上的 API 服务器是否在运行，并在主机之间放行其端口。',
    },
    command: 'curl -k -m 5 https://{api}/version',
    where: 'host',
    explains: ['service-ip-unreachable'],
    clues: [
      anywhere(unreachable(lasting), { until: registered, unless: byServiceAddress }),
      output(unreachable(passing), { unless: byServiceAddress, when: ({ step }) => step !== 'kubeadm-init' }),
      // The API server of this host needs time to start.
      kubelet(unreachable(passing), {
        until: registered,
        unless: byServiceAddress,
        symptom: true,
        when: ({ step }) => step !== 'kubeadm-init',
      }),
      // kubectl's words; it runs on a control plane.
      output(/The connection to the server (?<api>[\w.-]{1,253}:(?!8080\b)\d{1,5}) was refused/),
      output(
        /Unable to connect to the server: (?:EOF|net\/http: (?:TLS handshake timeout|request canceled)|context deadline exceeded)/,
        { values: { api: 'localhost:6443' } },
      ),
      problem('kube-unreachable', { reason: /(?<api>[\w.-]{1,253}:\d{1,5})/ }),
    ],
  },
];
