import { gibibyte, inGiB } from '../amounts.ts';
import { becomesNode, type Check, error, notLooked, ok, warning } from '../check.ts';

const least = gibibyte;

export const rootSpace: Check = {
  id: 'root-space',
  group: 'storage',
  level: 'error',
  guards: ['packages', 'images', ...becomesNode],
  depends: {
    en: 'Error before the host becomes a node, warning on an existing node.',
    zh: '成为节点之前为错误，现有节点为警告。',
  },
  title: { en: 'Root file system has free space', zh: '根文件系统有可用空间' },
  reason: {
    en: 'Programs are installed below /usr; a large disk at /var/lib does not help.',
    zh: '程序安装在 /usr 下；/var/lib 的大容量磁盘无济于事。',
  },
  needed: { en: '1 GiB free on /', zh: '/ 剩余 1 GiB' },
  remedy: { en: 'Delete packages and logs that are not needed', zh: '删除不需要的软件包与日志' },
  command: 'sudo apt-get clean && sudo apt-get autoremove -y && sudo journalctl --vacuum-size=100M',
  judge({ facts, owns }) {
    const found = facts.disks.find(({ mount }) => mount === '/');
    if (found === undefined) return notLooked;
    const seen = { en: `${inGiB(found.freeBytes)} free on /`, zh: `/ 剩余 ${inGiB(found.freeBytes)}` };
    if (found.freeBytes >= least) return ok(seen);
    return owns ? warning(seen) : error(seen);
  },
};
