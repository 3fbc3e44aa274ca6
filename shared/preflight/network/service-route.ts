import { becomesNode, type Check, error, notLooked, ok, warning } from '../check.ts';
import { overlapping, routesToCome } from './routes.ts';

export const serviceRoute: Check = {
  id: 'service-route',
  group: 'network',
  level: 'error',
  guards: becomesNode,
  depends: { en: 'Warning on an existing node.', zh: '现有节点为警告。' },
  title: { en: 'Service subnet does not overlap host routes', zh: 'Service 子网与主机路由不重叠' },
  reason: {
    en: 'kube-proxy intercepts all traffic to that subnet: hosts with addresses in it become unreachable.',
    zh: 'kube-proxy 会拦截发往该子网的所有流量：地址位于其中的主机将不可达。',
  },
  needed: { en: 'no host route that overlaps the service subnet', zh: '没有与 Service 子网重叠的主机路由' },
  remedy: {
    en: 'Set network.serviceSubnet in the plan to an unused subnet',
    zh: '在计划中将 network.serviceSubnet 设为未使用的子网',
  },
  command: '',
  judge({ facts, assignment, owns }) {
    const { network } = facts;
    if (assignment === null) return null;
    if (network.routes === null) return notLooked;
    const { serviceSubnet } = assignment.settings.network;
    const found = overlapping([...network.routes, ...routesToCome(facts, assignment.settings)], serviceSubnet);
    if (found.length === 0)
      return ok({ en: `${serviceSubnet}: no overlapping route`, zh: `${serviceSubnet}：没有重叠的路由` });
    const seen = {
      en: `${serviceSubnet} overlaps ${found.join(', ')}`,
      zh: `${serviceSubnet} 与 ${found.join('、')} 重叠`,
    };
    return owns ? warning(seen) : error(seen);
  },
};
