import { type Check, error, ok, warning } from '../check.ts';

export const nameserverAnswers: Check = {
  id: 'nameserver-answers',
  group: 'network',
  level: 'error',
  guards: ['package-source', 'packages', 'images'],
  depends: {
    en: 'Error if none answers and a host that the plan needs does not resolve, otherwise warning. Not checked on nodes.',
    zh: '若全部无应答且计划所需的主机无法解析，则为错误，否则为警告。节点上不检查。',
  },
  title: { en: 'Nameservers answer', zh: '名称服务器有应答' },
  reason: {
    en: 'Every lookup waits 5 s for a nameserver that does not answer, on the host and in pods, whose queries CoreDNS forwards to it.',
    zh: '每次查询都会为无应答的名称服务器等待 5 秒，主机与 Pod 皆然，因为 CoreDNS 会将查询转发给它。',
  },
  needed: { en: 'an answer from each nameserver over UDP or TCP', zh: '每个名称服务器均通过 UDP 或 TCP 应答' },
  remedy: {
    en: 'Remove the nameserver from /etc/resolv.conf or from what generates it, or open port 53 to it',
    zh: '从 /etc/resolv.conf 或其生成来源中删除该名称服务器，或开放到它的 53 端口',
  },
  command: '',
  judge({ facts: { reach } }) {
    if (reach === null || reach.nameservers === null || reach.nameservers.length === 0) return null;
    const { nameservers, upstreams } = reach;
    const silent = nameservers.filter(({ result }) => result !== 'ok');
    const list = nameservers.map(
      ({ target, detail, result }) => `${target}: ${detail || (result === 'refused' ? 'refused' : 'no answer')}`,
    );
    const seen = {
      en: list.join(', '),
      zh: list.join('，').replaceAll('no answer', '无应答').replaceAll('refused', '拒绝连接'),
    };
    if (silent.length === 0) return ok(seen);
    const unresolved = upstreams?.filter(({ addresses }) => addresses.length === 0).map(({ name }) => name) ?? [];
    if (silent.length < nameservers.length || unresolved.length === 0) return warning(seen);
    const names = unresolved.slice(0, 4).join(', ');
    return error({ en: `${seen.en}; does not resolve: ${names}`, zh: `${seen.zh}；无法解析：${names}` });
  },
};
