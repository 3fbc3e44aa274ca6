import { mebibyte } from '../amounts.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

/** Memory of the kubelet and the runtime together, in MiB. */
const least = 384;

export const memoryAvailable: Check = {
  id: 'memory-available',
  group: 'host',
  level: 'warning',
  title: { en: 'Enough memory is available', zh: '可用内存充足' },
  reason: {
    en: 'Memory that other programs hold is not available to pods, whatever the size of the machine.',
    zh: '无论机器内存多大，其他程序占用的内存都无法供 Pod 使用。',
  },
  needed: {
    en: `at least ${least} MiB available before the host becomes a node`,
    zh: `成为节点之前可用内存至少 ${least} MiB`,
  },
  remedy: {
    en: 'Stop programs that are not needed (ps -eo rss,comm --sort=-rss | head)',
    zh: '停止不需要的程序（ps -eo rss,comm --sort=-rss | head）',
  },
  command: '',
  judge({ facts: { machine }, owns }) {
    if (owns) return null;
    if (machine.memoryAvailableBytes === null) return notLooked;
    const have = Math.floor(machine.memoryAvailableBytes / mebibyte);
    const seen = { en: `${have} MiB available`, zh: `可用 ${have} MiB` };
    return have >= least ? ok(seen) : warning(seen);
  },
};
