import { type Check, notLooked, ok, warning } from '../check.ts';

/** Below this, kernels before 5.10 make programs wait for random numbers. */
const least = 200;

export const entropy: Check = {
  id: 'entropy',
  group: 'host',
  level: 'warning',
  title: { en: 'The kernel has random numbers', zh: '内核随机数充足' },
  reason: {
    en: 'Keys are made with them; on an old kernel in a fresh VM kubeadm init can stand still for minutes.',
    zh: '生成密钥需要随机数；旧内核的新虚拟机上 kubeadm init 可能停顿数分钟。',
  },
  needed: { en: `${least} bits of entropy`, zh: `熵不少于 ${least} 位` },
  remedy: { en: 'Install a daemon that gathers them', zh: '安装熵收集守护进程' },
  command: 'sudo apt-get install haveged',
  judge({ facts: { machine } }) {
    if (machine.entropyBits === null) return notLooked;
    const seen = { en: `${machine.entropyBits} bits`, zh: `${machine.entropyBits} 位` };
    return machine.entropyBits >= least ? ok(seen) : warning(seen);
  },
};
