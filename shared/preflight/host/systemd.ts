import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown } from '../check.ts';

export const systemd: Check = {
  id: 'systemd',
  group: 'host',
  level: 'error',
  title: { en: 'systemd runs this machine', zh: '由 systemd 管理本机' },
  reason: {
    en: 'The kubelet and the container runtime are services of systemd, and so is the agent.',
    zh: 'kubelet、容器运行时以及本代理都是 systemd 的服务。',
  },
  needed: { en: 'systemd as process 1', zh: '1 号进程为 systemd' },
  remedy: {
    en: 'Use a machine that boots with systemd, not a plain container',
    zh: '换用以 systemd 启动的机器，而不是普通容器',
  },
  command: '',
  judge({ facts: { init } }) {
    if (init === 'systemd') return ok(verbatim('systemd'));
    if (init === '') return unknown({ en: 'process 1 could not be read', zh: '无法读取 1 号进程' });
    return error({ en: `process 1 is ${init}`, zh: `1 号进程是 ${init}` });
  },
};
