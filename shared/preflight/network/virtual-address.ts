import type { Facts } from '../../protocol/facts.ts';
import { virtualAddress as virtualAddressOf } from '../../steps/content/keepalived.ts';
import { contains, parseSubnet } from '../../subnet.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown } from '../check.ts';

export const virtualAddress: Check = {
  id: 'virtual-address',
  group: 'network',
  level: 'error',
  guards: ['load-balancer'],
  depends: {
    en: 'Only on control planes with loadBalancer.keepalived.',
    zh: '仅针对设置了 loadBalancer.keepalived 的控制平面。',
  },
  title: { en: 'Virtual address is free and in the control planes’ subnet', zh: '虚拟地址空闲且位于控制平面的子网中' },
  reason: {
    en: 'A virtual address that another machine has takes over its connections; one of another subnet reaches no host.',
    zh: '若虚拟地址已被其他机器使用，会抢占其连接；若属于其他子网，则无法到达任何主机。',
  },
  needed: {
    en: 'an address in the subnet of the interface with the planned address that no machine uses before the cluster exists',
    zh: '位于计划地址所在接口的子网中，且在集群创建之前没有机器使用的地址',
  },
  remedy: {
    en: 'Set loadBalancer.keepalived.address in the plan to a free address of that subnet',
    zh: '在计划中将 loadBalancer.keepalived.address 设为该子网中的空闲地址',
  },
  command: '',
  judge({ facts, assignment, role }) {
    if (assignment === null || role !== 'control-plane' || facts.balancer === null) return null;
    const { settings, host, cluster } = assignment;
    const planned = virtualAddressOf(settings, role);
    if (planned === null) return null;
    const { address } = planned;
    const name = planned.interface ?? facts.addresses.find((one) => one.address === host.address)?.interface;
    const subnets = subnetsOf(facts, name);
    if (subnets === null) return unknown({ en: 'the host’s routes are unknown', zh: '无法确定主机的路由' });
    if (!subnets.some((subnet) => isIn(subnet, address))) {
      const all = subnets.join(', ');
      return error({
        en: `${address} is not in a subnet of ${name ?? '(no interface)'} (${all || 'none'})`,
        zh: `${address} 不在 ${name ?? '（无接口）'} 的子网中（${all || '无'}）`,
      });
    }
    const { answer } = facts.balancer;
    if (cluster === null && (answer === 'open' || answer === 'closed')) {
      return error({ en: `${address} is used by another machine`, zh: `${address} 已被其他机器使用` });
    }
    return ok(verbatim(`${address} (${name})`));
  },
};

function subnetsOf({ network }: Facts, name: string | undefined): string[] | null {
  if (network.routes === null) return null;
  return network.routes.flatMap((route) => (route.interface === name ? [route.destination] : []));
}

function isIn(text: string, address: string): boolean {
  const subnet = parseSubnet(text);
  return subnet !== null && subnet[1] < 32 && contains(subnet, address);
}
