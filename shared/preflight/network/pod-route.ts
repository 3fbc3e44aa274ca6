import { becomesNode, type Check, error, notLooked, ok, warning } from '../check.ts';
import { isOfHost, isPartOf, overlapping, routesToCome } from './routes.ts';

export const podRoute: Check = {
  id: 'pod-route',
  group: 'network',
  level: 'error',
  guards: becomesNode,
  depends: {
    en: 'Warning if the routes are parts of the pod subnet, as an earlier cluster leaves them.',
    zh: '若路由只是 Pod 子网的一部分（先前集群的残留），则为警告。',
  },
  title: { en: 'Pod subnet does not overlap host routes', zh: 'Pod 子网与主机路由不重叠' },
  reason: {
    en: 'On an overlap, either the destinations of that route or the pods are unreachable.',
    zh: '若有重叠，该路由的目的地或 Pod 将不可达。',
  },
  needed: { en: 'no host route that overlaps the pod subnet', zh: '没有与 Pod 子网重叠的主机路由' },
  remedy: {
    en: 'Set network.podSubnet in the plan to an unused subnet',
    zh: '在计划中将 network.podSubnet 设为未使用的子网',
  },
  command: '',
  judge({ facts, assignment, owns }) {
    const { network } = facts;
    // On a node these routes are the network plugin's own.
    if (assignment === null || owns) return null;
    if (network.routes === null) return notLooked;
    const { podSubnet } = assignment.settings.network;
    const found = overlapping([...network.routes, ...routesToCome(facts, assignment.settings)], podSubnet);
    if (found.length === 0) return ok({ en: `${podSubnet}: no overlapping route`, zh: `${podSubnet}：没有重叠的路由` });
    const seen = { en: `${podSubnet} overlaps ${found.join(', ')}`, zh: `${podSubnet} 与 ${found.join('、')} 重叠` };
    // A removed network plugin leaves routes to the other nodes' pods until the next boot.
    return found.every((route) => isPartOf(route, podSubnet) && !isOfHost(route)) ? warning(seen) : error(seen);
  },
};
