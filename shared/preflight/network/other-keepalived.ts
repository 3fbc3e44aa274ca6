import { keepalived, virtualAddress } from '../../steps/content/keepalived.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, ok, warning } from '../check.ts';

export const otherKeepalived: Check = {
  id: 'other-keepalived',
  group: 'network',
  level: 'warning',
  depends: {
    en: 'Only on control planes with loadBalancer.keepalived.',
    zh: '仅针对设置了 loadBalancer.keepalived 的控制平面。',
  },
  title: { en: 'No other configuration of keepalived', zh: '没有其他 keepalived 配置' },
  reason: {
    en: 'muster runs keepalived in a unit of its own and does not change the site’s; two routers with one ID in a subnet take the address from each other.',
    zh: 'muster 在独立的单元中运行 keepalived，不改动站点自己的；同一子网中 ID 相同的两个路由器会互相抢占地址。',
  },
  needed: {
    en: `no ${keepalived.packageConfig}, or one whose virtual_router_id and addresses differ from the plan’s`,
    zh: `没有 ${keepalived.packageConfig}，或其 virtual_router_id 和地址与计划不同`,
  },
  remedy: {
    en: 'Compare its virtual_router_id with the one that `muster plan show FILE` prints; if they are equal, set another loadBalancer.keepalived.routerId in the plan',
    zh: '将其 virtual_router_id 与 `muster plan show FILE` 打印的值比较；若相同，请在计划中将 loadBalancer.keepalived.routerId 设为其他值',
  },
  command: '',
  judge({ facts: { balancer }, assignment, role }) {
    if (assignment === null || role === null || balancer === null) return null;
    if (virtualAddress(assignment.settings, role) === null) return null;
    if (!balancer.siteConfig)
      return ok({ en: `${keepalived.packageConfig} does not exist`, zh: `${keepalived.packageConfig} 不存在` });
    return warning(verbatim(keepalived.packageConfig));
  },
};
