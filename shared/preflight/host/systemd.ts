import { type Check, error, ok, unknown } from '../check.ts';

export const systemd: Check = {
  id: 'systemd',
  group: 'host',
  level: 'error',
  title: { en: 'systemd is the init system', zh: 'init 系统为 systemd' },
  reason: {
    en: 'The kubelet, the container runtime and the agent run as systemd services.',
    zh: 'kubelet、容器运行时和代理均作为 systemd 服务运行。',
  },
  needed: { en: 'systemd as process 1', zh: '1 号进程为 systemd' },
  remedy: {
    en: 'Use a machine that boots with systemd instead of a plain container',
    zh: '换用以 systemd 启动的机器，而非普通容器',
  },
  command: '',
  judge({ facts: { init } }) {
    if (init === '') return unknown({ en: 'process 1 could not be read', zh: '无法读取 1 号进程' });
    const seen = { en: `process 1 is ${init}`, zh: `1 号进程为 ${init}` };
    return init === 'systemd' ? ok(seen) : error(seen);
  },
};
