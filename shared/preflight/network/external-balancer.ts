import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, warning } from '../check.ts';

export const externalBalancer: Check = {
  id: 'external-balancer',
  group: 'network',
  level: 'warning',
  depends: {
    en: 'Only on control planes with loadBalancer.external, once the cluster exists.',
    zh: '仅针对设置了 loadBalancer.external 的控制平面，且集群已存在。',
  },
  title: { en: 'External load balancer reaches an API server', zh: '外部负载均衡器可到达 API 服务器' },
  reason: {
    en: 'Clients outside the cluster connect to it; muster neither configures nor restarts it.',
    zh: '集群外的客户端连接到它；muster 不配置也不重启它。',
  },
  needed: {
    en: 'an answer at loadBalancer.external.address and the endpoint’s port',
    zh: 'loadBalancer.external.address 的端点端口有应答',
  },
  remedy: {
    en: 'Forward TCP from that port to the API server’s port of all control planes, with a health check on /readyz',
    zh: '将该端口的 TCP 转发到所有控制平面的 API 服务器端口，并以 /readyz 做健康检查',
  },
  command: '',
  judge({ facts: { balancer }, assignment }) {
    if (assignment === null || assignment.cluster === null || balancer === null) return null;
    const { loadBalancer, endpoint } = assignment.settings;
    if (loadBalancer.kind !== 'external') return null;
    const seen = verbatim(`${loadBalancer.address}:${endpoint.port}: ${balancer.answer}`);
    return balancer.answer === 'open' ? ok(seen) : warning(seen);
  },
};
