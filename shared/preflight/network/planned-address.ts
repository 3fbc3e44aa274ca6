import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown } from '../check.ts';

export const plannedAddress: Check = {
  id: 'planned-address',
  group: 'network',
  level: 'error',
  title: { en: 'Planned address is configured on this host', zh: '计划地址已配置在该主机上' },
  reason: {
    en: 'The other hosts reach this host at the planned address, and certificates are issued for it.',
    zh: '其他主机通过计划地址访问该主机，证书也针对该地址签发。',
  },
  needed: { en: 'the planned address on one of the host’s interfaces', zh: '某个网络接口上配置了计划地址' },
  remedy: {
    en: 'Configure the planned address on this host, or correct it in the plan',
    zh: '为该主机配置计划地址，或在计划中更正',
  },
  command: '',
  cases: {
    elsewhere: {
      needed: { en: '{address} on one of the host’s interfaces', zh: '某个网络接口上配置了 {address}' },
    },
  },
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const planned = assignment.host.address;
    const own = facts.addresses.filter(({ family }) => family === 'ipv4');
    if (own.length === 0) return unknown({ en: 'interfaces could not be read', zh: '无法读取网络接口' });
    const holder = own.find((entry) => entry.address === planned);
    if (holder !== undefined) return ok(verbatim(`${planned} (${holder.interface})`));
    const others = own.filter(({ address }) => !address.startsWith('127.'));
    const list = others.map((entry) => `${entry.address} (${entry.interface})`).join(', ');
    return error(list === '' ? { en: 'loopback addresses only', zh: '只有回环地址' } : verbatim(list), {
      case: 'elsewhere',
      values: { address: planned },
    });
  },
};
