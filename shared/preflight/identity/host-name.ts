import { hostName as label } from '../../protocol/text.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, warning } from '../check.ts';

export const hostName: Check = {
  id: 'host-name',
  group: 'identity',
  level: 'warning',
  title: { en: 'Host name is as planned', zh: '主机名与计划一致' },
  reason: {
    en: 'The node is named after its host, and two hosts of one name would take each other’s Node.',
    zh: '节点以主机名命名；两台同名主机会互相占用对方的 Node。',
  },
  needed: {
    en: 'the planned name: lower-case letters, digits and hyphens (RFC 1123)',
    zh: '计划中的名称：小写字母、数字和连字符（RFC 1123）',
  },
  remedy: { en: 'Give the host the name that the plan has for it', zh: '将主机名改为计划中的名称' },
  command: 'sudo hostnamectl set-hostname NAME',
  step: 'host-name',
  judge({ facts: { hostname }, assignment }) {
    const planned = assignment?.host.name;
    const fits = planned === undefined ? label.safeParse(hostname).success : hostname === planned;
    const seen = hostname === '' ? { en: 'none', zh: '无' } : verbatim(hostname);
    if (fits && hostname !== 'localhost') return ok(seen);
    if (planned === undefined) return warning(seen);
    return warning(seen, { needed: verbatim(planned), command: `sudo hostnamectl set-hostname ${planned}` });
  },
};
