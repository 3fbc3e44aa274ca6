import { type Check, notLooked, ok, warning } from '../check.ts';

/** Minimum in bits; below it, kernels before 5.10 block reads of /dev/random. */
const least = 200;

export const entropy: Check = {
  id: 'entropy',
  group: 'host',
  level: 'warning',
  title: { en: 'Kernel entropy is sufficient', zh: '内核熵充足' },
  reason: {
    en: 'Key generation needs random numbers; on an old kernel in a new VM, kubeadm init can block for minutes.',
    zh: '生成密钥需要随机数；在旧内核的新虚拟机上，kubeadm init 可能阻塞数分钟。',
  },
  needed: { en: `at least ${least} bits`, zh: `至少 ${least} 位` },
  remedy: { en: 'Install an entropy daemon', zh: '安装熵收集守护进程' },
  command: ({ install }) => `sudo ${install(['haveged'])}`,
  judge({ facts: { machine } }) {
    if (machine.entropyBits === null) return notLooked;
    const seen = { en: `${machine.entropyBits} bits available`, zh: `可用 ${machine.entropyBits} 位` };
    return machine.entropyBits >= least ? ok(seen) : warning(seen);
  },
};
