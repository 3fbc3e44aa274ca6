import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown } from '../check.ts';

export const plannedAddress: Check = {
  id: 'planned-address',
  group: 'network',
  level: 'error',
  title: { en: 'The planned address is this host’s', zh: '本机拥有计划中的地址' },
  reason: {
    en: 'The other hosts reach this one at the address in the plan, and certificates are made for it.',
    zh: '其他主机通过计划中的地址访问本机，证书也针对该地址签发。',
  },
  needed: { en: 'the planned address on one of its interfaces', zh: '某个网卡上配置了计划中的地址' },
  remedy: {
    en: 'Give this machine the planned address, or correct it in the plan',
    zh: '为本机配置计划中的地址，或在计划中更正',
  },
  command: 'ip -brief address',
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const planned = assignment.host.address;
    const own = facts.addresses.filter(({ family }) => family === 'ipv4');
    if (own.length === 0) return unknown({ en: 'no interface could be read', zh: '无法读取网卡' });
    const holder = own.find((entry) => entry.address === planned);
    if (holder !== undefined) return ok(verbatim(`${planned} (${holder.interface})`));
    const others = own.filter(({ address }) => !address.startsWith('127.'));
    const list = others.map((entry) => `${entry.address} (${entry.interface})`).join(', ');
    return error(list === '' ? { en: 'only loopback', zh: '只有回环地址' } : verbatim(list), {
      needed: { en: `${planned} on one of its interfaces`, zh: `某个网卡上配置了 ${planned}` },
    });
  },
};
