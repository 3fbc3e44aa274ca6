import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok, warning } from '../check.ts';
import { isPartOf, overlapping } from './routes.ts';

export const podRoute: Check = {
  id: 'pod-route',
  group: 'network',
  level: 'error',
  depends: {
    en: 'Warning where the routes are parts of the pod subnet, as an earlier cluster leaves them.',
    zh: '若路由只是 Pod 网段的一部分（早先集群的遗留），则为警告。',
  },
  title: { en: 'No route of the host collides with the pod subnet', zh: '主机路由与 Pod 网段不冲突' },
  reason: {
    en: 'What the host reaches by that route would be cut off, or the pods would be.',
    zh: '冲突会使该路由可达的主机或 Pod 失去连接。',
  },
  needed: { en: 'the pod subnet apart from all that the host reaches', zh: 'Pod 网段与主机可达的网段互不重叠' },
  remedy: {
    en: 'Set network.podSubnet in the plan to a range that is free here',
    zh: '在计划中将 network.podSubnet 改为此处未使用的网段',
  },
  command: 'ip route',
  judge({ facts: { network }, assignment, owns }) {
    // On a node the network plugin itself makes such routes.
    if (assignment === null || owns) return null;
    if (network.routes === null) return notLooked;
    const { podSubnet } = assignment.settings.network;
    const found = overlapping(network.routes, podSubnet);
    if (found.length === 0) return ok(verbatim(podSubnet));
    const seen = verbatim(`${podSubnet}: ${found.join(', ')}`);
    // A network plugin leaves a route to each other node's pods, until the next boot.
    return found.every((route) => isPartOf(route, podSubnet)) ? warning(seen) : error(seen);
  },
};
