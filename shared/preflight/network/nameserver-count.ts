import { type Check, notLooked, ok, warning } from '../check.ts';

/** Limit of the resolver. */
const most = 3;

export const nameserverCount: Check = {
  id: 'nameserver-count',
  group: 'network',
  level: 'warning',
  title: { en: `At most ${most} nameservers are configured`, zh: `最多配置 ${most} 个名称服务器` },
  reason: {
    en: 'The resolver queries three; the kubelet drops the others and warns for each pod.',
    zh: '解析器最多查询三个；kubelet 会丢弃其余的，并为每个 Pod 发出警告。',
  },
  needed: { en: `at most ${most}`, zh: `最多 ${most} 个` },
  remedy: {
    en: 'Remove nameservers from /etc/resolv.conf or from what generates it',
    zh: '从 /etc/resolv.conf 或其生成来源中删除多余的名称服务器',
  },
  command: '',
  judge({ facts: { network } }) {
    if (network.nameservers === null) return notLooked;
    const { length } = network.nameservers;
    const list = network.nameservers.join(', ');
    const seen = {
      en: length === 0 ? 'none configured' : `${length} (${list})`,
      zh: length === 0 ? '未配置' : `${length} 个（${list}）`,
    };
    return length <= most ? ok(seen) : warning(seen);
  },
};
