import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok } from '../check.ts';

export const addressOnce: Check = {
  id: 'address-once',
  group: 'network',
  level: 'error',
  title: { en: 'The planned address is on one interface only', zh: '计划地址只在一个网卡上' },
  reason: {
    en: 'With the same address twice, answers leave by whichever interface the kernel takes.',
    zh: '同一地址出现两次时，应答从哪个网卡发出全凭内核选择。',
  },
  needed: { en: 'one interface with this address', zh: '仅一个网卡拥有该地址' },
  remedy: { en: 'Take it off the other one', zh: '从另一网卡上移除' },
  command: 'ip -brief address',
  judge({ facts, assignment }) {
    if (assignment === null || facts.addresses.length === 0) return null;
    const holders = facts.addresses.filter(({ address }) => address === assignment.host.address);
    if (holders.length === 0) return null;
    const seen = verbatim(holders.map((one) => one.interface).join(', '));
    const last = holders.at(-1)?.interface;
    const command = `sudo ip address del ${assignment.host.address} dev ${last}`;
    return holders.length === 1 ? ok(seen) : error(seen, { command });
  },
};
