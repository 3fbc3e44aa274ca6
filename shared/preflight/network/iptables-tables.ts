import { type Check, notLooked, ok, warning } from '../check.ts';

export const iptablesTables: Check = {
  id: 'iptables-tables',
  group: 'network',
  level: 'warning',
  title: { en: 'Only one iptables backend holds rules', zh: '只有一种 iptables 后端包含规则' },
  reason: {
    en: 'Legacy and nft rules both apply but do not show each other: a packet that one accepts, the other may drop.',
    zh: 'legacy 与 nft 规则同时生效，却互不可见：一方接受的数据包可能被另一方丢弃。',
  },
  needed: { en: 'no legacy iptables tables before the host becomes a node', zh: '成为节点之前没有 legacy iptables 表' },
  remedy: {
    en: 'Find out who uses the rules (sudo iptables-legacy-save); remove them if they are not needed',
    zh: '查明规则的使用者（sudo iptables-legacy-save）；若不需要则清除',
  },
  command: '',
  judge({ facts: { network, root }, owns }) {
    if (owns) return null;
    if (network.legacyTables === null && !root) return notLooked;
    // The file exists only while the legacy module is loaded.
    const tables = network.legacyTables ?? [];
    return tables.length === 0
      ? ok({ en: 'no legacy iptables tables', zh: '没有 legacy iptables 表' })
      : warning({ en: `legacy tables: ${tables.join(', ')}`, zh: `legacy 表：${tables.join('、')}` });
  },
};
