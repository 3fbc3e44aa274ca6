import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, unknown, warning } from '../check.ts';

export const apiServer: Check = {
  id: 'api-server',
  group: 'network',
  level: 'warning',
  depends: { en: 'Only on a host that joins an existing cluster.', zh: '仅针对加入已有集群的主机。' },
  title: { en: 'API server is reachable', zh: 'API 服务器可达' },
  reason: {
    en: 'If a firewall hides the API server, the join waits for minutes and then reports a token error.',
    zh: '若 API 服务器被防火墙阻隔，加入过程会等待数分钟，然后报告令牌错误。',
  },
  needed: { en: 'an answer from the cluster’s API server', zh: '本集群的 API 服务器有应答' },
  remedy: {
    en: 'Open the API server’s port between this host and the control plane',
    zh: '在该主机与控制平面之间放行 API 服务器端口',
  },
  command: '',
  judge({ facts: { reach }, assignment }) {
    if (assignment?.bootstrap !== 'join' || assignment.cluster === null || reach === null) return null;
    const { apiServer: found } = reach;
    if (found === null) return notLooked;
    const seen = verbatim(`${found.target}: ${found.detail}`);
    if (found.result === 'ok') return ok(seen);
    return found.result === 'unknown' ? unknown(seen) : warning(seen);
  },
};
