import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

/** What etcd's own guide asks of the disk, in ms. */
const most = 10;

export const diskLatency: Check = {
  id: 'disk-latency',
  group: 'storage',
  level: 'warning',
  depends: { en: 'Only on a control plane, before it is a node.', zh: '仅针对成为节点之前的控制平面。' },
  title: { en: 'Disk is quick enough for etcd', zh: '磁盘速度满足 etcd' },
  reason: {
    en: 'etcd waits for the disk at each change; with a slow one it loses its leader, and the API server its answers.',
    zh: 'etcd 每次变更都要等待落盘；磁盘过慢会导致丢失 leader、API server 无法应答。',
  },
  needed: { en: `a write reaches the disk within ${most} ms`, zh: `写入在 ${most} 毫秒内落盘` },
  remedy: { en: 'Put /var/lib/etcd on an SSD of its own', zh: '将 /var/lib/etcd 放到独立的 SSD' },
  command: '',
  judge({ facts: { storage }, role, owns }) {
    if (role !== 'control-plane' || owns) return null;
    if (storage.syncMs === null) return notLooked;
    const seen = verbatim(`${storage.syncMs} ms`);
    return storage.syncMs <= most ? ok(seen) : warning(seen);
  },
};
