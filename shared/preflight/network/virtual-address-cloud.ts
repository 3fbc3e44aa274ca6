import { virtualAddress } from '../../steps/content/keepalived.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown } from '../check.ts';

/** Manufacturers (DMI) of clouds whose networks deliver packets only to addresses that the cloud assigned. */
const clouds =
  /^(Amazon EC2|Google|Alibaba Cloud|Tencent Cloud|Huawei Cloud|DigitalOcean|Hetzner|Linode|Akamai|Vultr|Scaleway|OVHcloud)/i;
/** Azure's and Oracle's machines have their hypervisor's manufacturer. */
const assetTags: Readonly<Record<string, string>> = {
  '7783-7084-3265-9085-8269-3286-77': 'Microsoft Azure',
  'OracleCloud.com': 'Oracle Cloud',
};

export const virtualAddressCloud: Check = {
  id: 'virtual-address-cloud',
  group: 'network',
  level: 'error',
  guards: ['load-balancer'],
  depends: {
    en: 'Only on control planes with loadBalancer.keepalived.',
    zh: '仅针对设置了 loadBalancer.keepalived 的控制平面。',
  },
  title: { en: 'Network accepts a virtual address', zh: '网络支持虚拟地址' },
  reason: {
    en: 'Networks of public clouds deliver packets only to addresses that the cloud assigned to a machine.',
    zh: '公有云的网络只将数据包送达云平台分配给机器的地址。',
  },
  needed: { en: 'own machines, or a cloud that allows other addresses', zh: '自有机器，或允许其他地址的云平台' },
  remedy: {
    en: 'Use the cloud’s load balancer: set loadBalancer.external.address in the plan',
    zh: '使用云平台的负载均衡器：在计划中设置 loadBalancer.external.address',
  },
  command: '',
  judge({ facts: { balancer }, assignment, role }) {
    if (assignment === null || role === null || balancer === null) return null;
    if (virtualAddress(assignment.settings, role) === null) return null;
    const { vendor, assetTag } = balancer;
    if (vendor === null) return unknown({ en: 'the machine’s manufacturer is unknown', zh: '无法确定机器的制造商' });
    const cloud = assetTags[assetTag ?? ''] ?? (clouds.test(vendor) ? vendor : null);
    return cloud === null ? ok(verbatim(vendor)) : error(verbatim(cloud));
  },
};
