import { hostName as label } from '../../protocol/text.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, warning } from '../check.ts';

export const hostName: Check = {
  id: 'host-name',
  group: 'identity',
  level: 'warning',
  title: { en: 'Host name matches the plan', zh: '主机名与计划一致' },
  reason: {
    en: 'The Node object takes the host’s name; two hosts with one name would overwrite each other’s Node.',
    zh: 'Node 对象以主机名命名；两台同名主机会互相覆盖对方的 Node。',
  },
  needed: {
    en: 'the planned name: lowercase letters, digits and hyphens (RFC 1123)',
    zh: '计划中的名称：小写字母、数字和连字符（RFC 1123）',
  },
  remedy: { en: 'Set the host name to the planned name', zh: '将主机名设为计划中的名称' },
  command: '',
  cases: {
    planned: {
      needed: verbatim('{name}'),
      command: 'echo {name} | sudo tee /etc/hostname && sudo hostname {name}',
    },
  },
  step: 'host-name',
  judge({ facts: { hostname }, assignment }) {
    const planned = assignment?.host.name;
    const fits = planned === undefined ? label.safeParse(hostname).success : hostname === planned;
    const seen = hostname === '' ? { en: 'not set', zh: '未设置' } : verbatim(hostname);
    if (fits && hostname !== 'localhost') return ok(seen);
    if (planned === undefined) return warning(seen);
    return warning(seen, { case: 'planned', values: { name: planned } });
  },
};
