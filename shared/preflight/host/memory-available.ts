import { mebibyte } from '../amounts.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

/** What the kubelet and the runtime take by themselves, in MiB. */
const least = 384;

export const memoryAvailable: Check = {
  id: 'memory-available',
  group: 'host',
  level: 'warning',
  title: { en: 'Memory is left for Kubernetes', zh: '尚有内存可供 Kubernetes 使用' },
  reason: {
    en: 'What other programs of this host hold is not there for pods, however much the machine has.',
    zh: '无论机器有多少内存，被其他程序占用的部分都不能给 Pod 使用。',
  },
  needed: { en: `${least} MiB available before the host is a node`, zh: `成为节点之前可用内存不少于 ${least} MiB` },
  remedy: { en: 'See what holds it, and stop what is not needed', zh: '查看占用内存的程序，停止不需要的' },
  command: 'ps -eo rss,comm --sort=-rss | head',
  judge({ facts: { machine }, owns }) {
    if (owns) return null;
    if (machine.memoryAvailableBytes === null) return notLooked;
    const have = Math.floor(machine.memoryAvailableBytes / mebibyte);
    const seen = { en: `${have} MiB available`, zh: `可用 ${have} MiB` };
    return have >= least ? ok(seen) : warning(seen);
  },
};
