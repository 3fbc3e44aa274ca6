import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const iptablesTables: Check = {
  id: 'iptables-tables',
  group: 'network',
  level: 'warning',
  title: { en: 'One kind of iptables holds rules', zh: '只使用一种 iptables 后端' },
  reason: {
    en: 'Rules of the older and the newer kind both count, and neither shows the other: a packet that one lets pass, the other drops unseen.',
    zh: '新旧两种规则同时生效却互不可见：一方放行的报文可能被另一方悄然丢弃。',
  },
  needed: { en: 'no table of the older kind before the host is a node', zh: '成为节点之前没有旧式规则表' },
  remedy: { en: 'See whose rules they are; where nobody’s, take them away', zh: '查看规则归属；若无人使用则清除' },
  command: 'sudo iptables-legacy-save',
  judge({ facts: { network, root }, owns }) {
    if (owns) return null;
    if (network.legacyTables === null && !root) return notLooked;
    // The file is there once the older kind's module is loaded, and only then.
    const tables = network.legacyTables ?? [];
    return tables.length === 0
      ? ok({ en: 'none of the older kind', zh: '没有旧式规则表' })
      : warning(verbatim(tables.join(', ')));
  },
};
