import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, ok } from '../check.ts';

export const machineId: Check = {
  id: 'machine-id',
  group: 'identity',
  level: 'error',
  guards: becomesNode,
  title: { en: 'Machine ID is set', zh: 'machine-id 已设置' },
  reason: {
    en: 'The journal, DHCP and Kubernetes identify machines by it; an image made for cloning leaves it empty.',
    zh: 'journal、DHCP 与 Kubernetes 用它识别机器；用于克隆的镜像会将其留空。',
  },
  needed: { en: '32 hexadecimal digits in /etc/machine-id', zh: '/etc/machine-id 中有 32 位十六进制数字' },
  remedy: { en: 'Generate a machine ID, then reboot', zh: '生成 machine-id，然后重启' },
  command: 'sudo systemd-machine-id-setup && sudo reboot',
  judge({ facts }) {
    if (facts.machineId === null)
      return error({ en: '/etc/machine-id is empty or missing', zh: '/etc/machine-id 为空或不存在' });
    return /^[0-9a-f]{32}$/.test(facts.machineId) ? ok(verbatim(facts.machineId)) : error(verbatim(facts.machineId));
  },
};
