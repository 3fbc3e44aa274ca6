import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';

export const kernelLog: Check = {
  id: 'kernel-log',
  group: 'host',
  level: 'error',
  title: { en: 'The kernel’s log can be read', zh: '可以读取内核日志' },
  reason: {
    en: 'The kubelet watches it for killed processes and does not start without /dev/kmsg, as in a container that hides it.',
    zh: 'kubelet 通过它发现被终止的进程；没有 /dev/kmsg（例如容器中被隐藏）时无法启动。',
  },
  needed: { en: '/dev/kmsg', zh: '/dev/kmsg 存在' },
  remedy: {
    en: 'Give the container its host’s /dev/kmsg, or link it to the console',
    zh: '将宿主机的 /dev/kmsg 提供给容器，或链接到控制台',
  },
  command:
    "echo 'L /dev/kmsg - - - - /dev/console' | sudo tee /etc/tmpfiles.d/kmsg.conf && sudo systemd-tmpfiles --create",
  judge({ facts: { machine } }) {
    if (machine.kernelLog === null) return notLooked;
    return machine.kernelLog ? ok(verbatim('/dev/kmsg')) : error({ en: 'there is no /dev/kmsg', zh: '没有 /dev/kmsg' });
  },
};
