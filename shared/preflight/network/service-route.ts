import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok, warning } from '../check.ts';
import { overlapping } from './routes.ts';

export const serviceRoute: Check = {
  id: 'service-route',
  group: 'network',
  level: 'error',
  depends: { en: 'Warning on a node that stands.', zh: '已建成的节点为警告。' },
  title: { en: 'No route of the host collides with the service subnet', zh: '主机路由与 Service 网段不冲突' },
  reason: {
    en: 'kube-proxy takes all traffic to that range: hosts that have addresses in it could not be reached from here any more.',
    zh: 'kube-proxy 会接管发往该网段的所有流量，其中的主机将无法从本机访问。',
  },
  needed: { en: 'the service subnet apart from all that the host reaches', zh: 'Service 网段与主机可达的网段互不重叠' },
  remedy: {
    en: 'Set network.serviceSubnet in the plan to a range that is free here',
    zh: '在计划中将 network.serviceSubnet 改为此处未使用的网段',
  },
  command: 'ip route',
  judge({ facts: { network }, assignment, owns }) {
    if (assignment === null) return null;
    if (network.routes === null) return notLooked;
    const { serviceSubnet } = assignment.settings.network;
    const found = overlapping(network.routes, serviceSubnet);
    if (found.length === 0) return ok(verbatim(serviceSubnet));
    const seen = verbatim(`${serviceSubnet}: ${found.join(', ')}`);
    return owns ? warning(seen) : error(seen);
  },
};
