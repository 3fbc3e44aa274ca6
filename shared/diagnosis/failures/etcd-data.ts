import { anywhere, container, output } from '../clue.ts';
import type { Failure } from '../failure.ts';

const ofStoppedEtcd = ['etcd-not-started', 'control-plane-timeout', 'api-unreachable'];

/** Of bbolt, which the container runtimes use too (runtime-data.ts). */
const panic = /(?<what>panic: (?:freepages: failed|invalid page type|page \d{1,20} already freed).{0,80})/;

/** What etcd finds on the host at its start. */
export const etcdData: readonly Failure[] = [
  {
    id: 'etcd-data-damaged',
    title: { en: 'etcd’s data is damaged', zh: 'etcd 的数据损坏' },
    cause: {
      en: 'etcd on this host exits because its data in /var/lib/etcd is damaged, often after a power failure: {what}.',
      zh: '该主机上的 etcd 因 /var/lib/etcd 中的数据损坏而退出，通常由断电引起：{what}。',
    },
    remedy: {
      en: 'Copy /var/lib/etcd first. With several control planes, retire this host and add it again; with one, restore the latest backup: sudo muster recover --from-backup.',
      zh: '请先复制 /var/lib/etcd。有多个控制平面时，将该主机退役后重新加入；只有一个时，恢复最近的备份：sudo muster recover --from-backup。',
    },
    command: 'cp -a /var/lib/etcd /root/etcd-damaged; dmesg | grep -iE "I/O error|EXT4-fs error|XFS" | tail',
    where: 'host',
    explains: ofStoppedEtcd,
    clues: [
      anywhere(
        /(?<what>walpb: crc mismatch|wal: crc mismatch|failed to find database snapshot file|snapshot file doesn't exist|failed to recover v3 backend from snapshot|file checksum mismatch|etcdserver: corrupt cluster|found data inconsistency with peers|tocommit\(\d{1,20}\) is out of range|wal: max entry size limit exceeded|failed to read WAL, cannot be repaired|failed to open (?:WAL|database file).{0,80}?(?:unexpected EOF|invalid database|crc mismatch))/,
      ),
      container(panic),
      output(panic, { when: ({ step }) => step !== 'runtime' }),
    ],
  },
  {
    id: 'etcd-member-removed',
    title: { en: 'Host is no longer an etcd member', zh: '该主机不再是 etcd 成员' },
    cause: {
      en: 'etcd on this host exits: the other members do not know it, know it with another address, or know it with data that was deleted here ({what}).',
      zh: '该主机上的 etcd 退出：其他成员不认识它、记录了其他地址，或其数据已在该主机上被删除（{what}）。',
    },
    remedy: {
      en: 'Reset the host; its etcd data is no longer usable.',
      zh: '重置该主机；其 etcd 数据已不可用。',
    },
    next: { en: 'muster joins a reset host again.', zh: 'muster 会将重置后的主机重新加入。' },
    command: 'kubeadm reset --force && systemctl restart muster-agent',
    where: 'host',
    explains: ofStoppedEtcd,
    clues: [
      anywhere(
        /(?<what>the member has been permanently removed from the cluster|member count is unequal|unmatched member while checking PeerURLs|member \w{1,20} has already been bootstrapped|couldn't find local name "[\w.-]{1,253}" in the initial cluster|error validating peerURLs[^"]{0,80})/,
      ),
    ],
  },
  {
    id: 'host-address-changed',
    title: { en: 'Host no longer has its address', zh: '主机已没有原来的地址' },
    cause: {
      en: 'A component of the control plane cannot listen on {address}:{port}: no interface of this host has that address.',
      zh: '控制平面组件无法监听 {address}:{port}：该主机的网络接口均没有此地址。',
    },
    remedy: {
      en: 'Give the host its address again, for example as a static address or a DHCP reservation. Certificates and etcd’s members contain it.',
      zh: '为该主机恢复此地址，例如使用静态地址或 DHCP 保留。证书和 etcd 成员都包含该地址。',
    },
    command: 'ip -br addr',
    where: 'host',
    explains: [...ofStoppedEtcd, 'node-address-missing'],
    clues: [
      anywhere(
        /listen tcp (?<address>\d{1,3}(?:\.\d{1,3}){3}):(?<port>2379|2380|6443|10250): bind: cannot assign requested address/,
      ),
      // haproxy.
      anywhere(
        /cannot bind socket \((?:Cannot assign requested address|Address not available)\) (?:for )?\[(?<address>[\da-f.:]{2,45}):(?<port>\d{1,5})\]/,
      ),
      // The API server's words, with whatever port the plan gives it.
      anywhere(
        /failed to create listener: .{0,100}listen tcp (?<address>\d{1,3}(?:\.\d{1,3}){3}):(?<port>\d{2,5}): bind: cannot assign requested address/,
      ),
    ],
  },
];
