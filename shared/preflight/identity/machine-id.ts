import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok } from '../check.ts';

export const machineId: Check = {
  id: 'machine-id',
  group: 'identity',
  level: 'error',
  title: { en: 'The machine has an id', zh: '机器具有 machine-id' },
  reason: {
    en: 'The journal, DHCP and Kubernetes tell machines apart by it; an image made for cloning leaves it empty.',
    zh: '日志、DHCP 与 Kubernetes 依靠它区分机器；用于克隆的镜像会将其留空。',
  },
  needed: { en: '32 hexadecimal digits in /etc/machine-id', zh: '/etc/machine-id 中有 32 位十六进制数' },
  remedy: { en: 'Make one, then reboot', zh: '生成一个，然后重启' },
  command: 'sudo systemd-machine-id-setup && sudo reboot',
  judge({ facts }) {
    if (facts.machineId === null) return error({ en: 'there is none', zh: '没有' });
    return /^[0-9a-f]{32}$/.test(facts.machineId) ? ok(verbatim(facts.machineId)) : error(verbatim(facts.machineId));
  },
};
