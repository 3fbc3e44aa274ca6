import { apiProxy } from '../../steps/content/api-proxy.ts';
import { anywhere, kubelet, output, problem } from '../clue.ts';
import type { Failure } from '../failure.ts';
import { apiPath, byServiceAddress, ofApiServer, ofProbe } from './certificates.ts';
import { registered } from './recovered.ts';

/** Followed by a port, which is not that of the kubelet, the controller-manager, the scheduler or etcd. */
const endpoint = String.raw`(?:[\w.-]{1,253}|\[[0-9a-f:]{2,45}\]):(?!(?:102(?:50|57|59)|23(?:79|80))\b)`;

const ofOthers = new RegExp(`${byServiceAddress.source}|${ofProbe.source}`);

const unreachable = (reason: string) =>
  new RegExp(
    String.raw`(?:(?:https://|dial tcp )(?=${endpoint}(?:6443|8443|16443)\b)|https://(?=${endpoint}\d{2,5}/${apiPath})|(?:Unable to connect to the server|error from a previous attempt): dial tcp )(?<api>${endpoint}\d{2,5}).{0,600}?(?:${reason})`,
  );

const lasting = 'i/o timeout|connection timed out|no route to host|network is unreachable';

const passing =
  'connection refused|connection reset by peer|deadline exceeded|request canceled|TLS handshake timeout|client connection lost|use of closed network connection';

/** haproxy without a server that answers. */
const closed = new RegExp(
  String.raw`https://(?=${endpoint}(?:(?:6443|8443|16443)\b|\d{2,5}/${apiPath}))(?<api>${endpoint}\d{2,5}).{0,600}?: (?:EOF|read tcp .{0,100}connection reset by peer)"?$`,
);

/** Access to the API servers: proxy, balancer, network. */
export const apiAccess: readonly Failure[] = [
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
        new RegExp(
          String.raw`https://(?!localhost:)[a-z][\w.-]{0,252}:(?<port>\d{2,5})/${apiPath}.{0,600}?dial tcp (?<api>127\.0\.0\.1:\k<port>): connect: connection refused`,
        ),
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
    explains: ['api-unreachable', 'proxy-refused', 'proxy-unreachable', 'registry-unreachable'],
    clues: [
      anywhere(/(?<what>proxyconnect tcp: [^"]{1,160})/, { also: ofApiServer }),
      anywhere(
        new RegExp(
          String.raw`https://${endpoint}\d{2,5}/${apiPath}[^"\s]{0,300}"?: (?<what>Forbidden|Service Unavailable|Bad Gateway|Gateway Time-?out|Proxy Authentication Required)(?:"?$|" \w{1,20}=)`,
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
      en: 'The server at {api} does not use TLS as an API server does ({what}): another program uses the port, or a load balancer forwards HTTP instead of TCP.',
      zh: '{api} 上的应答方不像 API 服务器那样使用 TLS（{what}）：其他程序占用了该端口，或负载均衡器转发的是 HTTP 而非 TCP。',
    },
    remedy: {
      en: 'Configure the load balancer to forward TCP (haproxy: mode tcp) to the API servers’ port on the control planes (6443 by default), or correct the endpoint in the plan.',
      zh: '让负载均衡器以 TCP（haproxy：mode tcp）转发到控制平面上 API 服务器的端口（默认 6443），或更正计划中的端点。',
    },
    command: 'curl -sSkv -m 5 https://{api}/version',
    where: 'host',
    explains: ['api-unreachable', 'api-servers-silent'],
    clues: [
      anywhere(
        new RegExp(
          String.raw`https://(?<api>${endpoint}\d{2,5})/${apiPath}[^"\s]{0,300}"?: (?<what>http: server gave HTTP response to HTTPS client|tls: first record does not look like a TLS handshake)`,
        ),
        { unless: ofProbe },
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
        unless: ofProbe,
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
      anywhere(unreachable(lasting), { until: registered, unless: ofOthers }),
      output(unreachable(passing), { unless: ofOthers, when: ({ step }) => step !== 'kubeadm-init' }),
      // The API server of this host needs time to start.
      kubelet(unreachable(passing), {
        until: registered,
        unless: ofOthers,
        symptom: true,
        when: ({ step }) => step !== 'kubeadm-init',
      }),
      // kubectl's words; it runs on a control plane.
      output(/The connection to the server (?<api>[\w.-]{1,253}:(?!8080\b)\d{1,5}) was refused/),
      output(
        /Unable to connect to the server: (?:EOF|net\/http: (?:TLS handshake timeout|request canceled)|context deadline exceeded)/,
      ),
      // How client-go reports that kubeadm's own time is over; the attempts before are in no line.
      output(/client rate limiter Wait returned an error: (?:context deadline exceeded|rate: Wait)/, {
        symptom: true,
        unless: /execution phase kubelet-(?:start|wait-bootstrap)/,
        when: ({ step }) => step !== 'kubeadm-init',
      }),
      problem('kube-unreachable', { reason: /(?<api>[\w.-]{1,253}:\d{1,5})/ }),
    ],
  },
];
