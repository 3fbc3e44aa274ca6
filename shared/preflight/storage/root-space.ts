import { gibibyte, inGiB } from '../amounts.ts';
import { type Check, error, notLooked, ok, warning } from '../check.ts';

const least = gibibyte;

export const rootSpace: Check = {
  id: 'root-space',
  group: 'storage',
  level: 'error',
  depends: {
    en: 'Error before the host is a node, warning on one that stands.',
    zh: '成为节点之前为错误，已建成的节点为警告。',
  },
  title: { en: 'The root file system has room', zh: '根文件系统有剩余空间' },
  reason: {
    en: 'Programs are installed below /usr, which a large disk for /var/lib does not help.',
    zh: '程序安装在 /usr 下，/var/lib 的大磁盘帮不上忙。',
  },
  needed: { en: '1 GiB free on /', zh: '/ 剩余 1 GiB' },
  remedy: { en: 'Take away what is not needed any more', zh: '清除不再需要的内容' },
  command: 'sudo apt-get clean && sudo apt-get autoremove && sudo journalctl --vacuum-size=100M',
  judge({ facts, owns }) {
    const found = facts.disks.find(({ mount }) => mount === '/');
    if (found === undefined) return notLooked;
    const seen = { en: `${inGiB(found.freeBytes)} free`, zh: `剩余 ${inGiB(found.freeBytes)}` };
    if (found.freeBytes >= least) return ok(seen);
    return owns ? warning(seen) : error(seen);
  },
};
