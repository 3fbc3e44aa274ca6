import { externalEtcd } from '../../plan/etcd.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

/** Maximum in ms, from etcd's hardware guide. */
const most = 10;

export const diskLatency: Check = {
  id: 'disk-latency',
  group: 'storage',
  level: 'warning',
  depends: { en: 'Only on a control plane before it becomes a node.', zh: '仅针对成为节点之前的控制平面。' },
  title: { en: 'Disk is fast enough for etcd', zh: '磁盘速度满足 etcd 要求' },
  reason: {
    en: 'etcd syncs every change to disk; on a slow disk it loses its leader and the API server stops answering.',
    zh: 'etcd 会将每次变更同步到磁盘；磁盘过慢会丢失 leader，API 服务器停止应答。',
  },
  needed: { en: `a synced write within ${most} ms`, zh: `同步写入不超过 ${most} 毫秒` },
  remedy: { en: 'Put /var/lib/etcd on a separate SSD', zh: '将 /var/lib/etcd 放在单独的 SSD 上' },
  command: '',
  judge({ facts: { storage }, role, owns, assignment }) {
    if (role !== 'control-plane' || owns) return null;
    if (assignment !== null && externalEtcd(assignment.settings) !== null) return null;
    if (storage.syncMs === null) return notLooked;
    const seen = { en: `synced write: ${storage.syncMs} ms`, zh: `同步写入：${storage.syncMs} 毫秒` };
    return storage.syncMs <= most ? ok(seen) : warning(seen);
  },
};
