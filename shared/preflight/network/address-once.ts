import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, ok } from '../check.ts';

export const addressOnce: Check = {
  id: 'address-once',
  group: 'network',
  level: 'error',
  guards: becomesNode,
  title: { en: 'Planned address is on one interface only', zh: '计划地址仅在一个网络接口上' },
  reason: {
    en: 'If the address is configured twice, the kernel picks the interface that sends the replies.',
    zh: '若同一地址配置了两次，应答从哪个接口发出由内核决定。',
  },
  needed: { en: 'one interface with the planned address', zh: '仅一个网络接口拥有计划地址' },
  remedy: { en: 'Remove the address from the other interface', zh: '从另一个网络接口上移除该地址' },
  command: 'sudo ip address del {address} dev {interface}',
  judge({ facts, assignment }) {
    if (assignment === null || facts.addresses.length === 0) return null;
    const holders = facts.addresses.filter(({ address }) => address === assignment.host.address);
    if (holders.length === 0) return null;
    const seen = verbatim(`${assignment.host.address}: ${holders.map((one) => one.interface).join(', ')}`);
    const values = { address: assignment.host.address, interface: holders.at(-1)?.interface ?? '' };
    return holders.length === 1 ? ok(seen) : error(seen, { values });
  },
};
