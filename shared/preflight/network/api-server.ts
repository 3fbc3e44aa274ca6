import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, unknown, warning } from '../check.ts';

export const apiServer: Check = {
  id: 'api-server',
  group: 'network',
  level: 'warning',
  depends: { en: 'Only on a host that joins a cluster which is there already.', zh: '仅针对加入已有集群的主机。' },
  title: { en: 'The API server answers', zh: 'API server 有应答' },
  reason: {
    en: 'A join waits minutes for an API server that a firewall hides, and then blames the token.',
    zh: '若 API server 被防火墙阻隔，加入过程会等待数分钟，然后误报令牌问题。',
  },
  needed: { en: 'an answer from the cluster’s own API server', zh: '本集群 API server 的应答' },
  remedy: {
    en: 'See that nothing between this host and the control plane drops the port',
    zh: '确认本机与控制平面之间没有丢弃该端口的流量',
  },
  command: '',
  judge({ facts: { reach }, assignment }) {
    if (assignment?.bootstrap !== 'join' || assignment.cluster === null || reach === null) return null;
    const { apiServer: found } = reach;
    if (found === null) return notLooked;
    const seen = verbatim(`${found.target}: ${found.detail}`);
    if (found.result === 'ok') return ok(seen);
    const command = `curl -k ${found.target}`;
    return found.result === 'unknown' ? unknown(seen, { command }) : warning(seen, { command });
  },
};
