import { becomesNode, type Check, error, notLooked, ok } from '../check.ts';

export const kernelLog: Check = {
  id: 'kernel-log',
  group: 'host',
  level: 'error',
  guards: becomesNode,
  title: { en: 'Kernel log is readable', zh: '内核日志可读' },
  reason: {
    en: 'The kubelet reads /dev/kmsg to detect OOM kills and does not start without it; some containers hide it.',
    zh: 'kubelet 读取 /dev/kmsg 以检测 OOM 终止，缺少它便无法启动；某些容器会将其隐藏。',
  },
  needed: { en: '/dev/kmsg exists', zh: '/dev/kmsg 存在' },
  remedy: {
    en: 'Pass /dev/kmsg to the container, or link it to the console',
    zh: '将 /dev/kmsg 传入容器，或将其链接到控制台',
  },
  command:
    "echo 'L /dev/kmsg - - - - /dev/console' | sudo tee /etc/tmpfiles.d/kmsg.conf && sudo systemd-tmpfiles --create",
  judge({ facts: { machine } }) {
    if (machine.kernelLog === null) return notLooked;
    return machine.kernelLog
      ? ok({ en: '/dev/kmsg exists', zh: '/dev/kmsg 存在' })
      : error({ en: '/dev/kmsg does not exist', zh: '/dev/kmsg 不存在' });
  },
};
