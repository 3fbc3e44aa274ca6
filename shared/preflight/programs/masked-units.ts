import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';

export const maskedUnits: Check = {
  id: 'masked-units',
  group: 'programs',
  level: 'error',
  title: { en: 'The services that are needed may be started', zh: '所需服务允许启动' },
  reason: {
    en: 'systemd starts a masked unit for nobody; someone meant to switch it off for good.',
    zh: 'systemd 不会启动被屏蔽的单元；这表示有人有意将其永久停用。',
  },
  needed: { en: 'the kubelet and the planned runtime not masked', zh: 'kubelet 与计划的运行时未被屏蔽' },
  remedy: { en: 'Unmask them', zh: '解除屏蔽' },
  command: 'sudo systemctl unmask kubelet containerd docker',
  judge({ facts: { machine }, assignment }) {
    if (machine.units === null) return notLooked;
    const runtimes =
      assignment === null
        ? ['containerd', 'docker']
        : assignment.settings.runtime.name === 'docker'
          ? ['docker', 'containerd']
          : ['containerd'];
    const masked = ['kubelet', ...runtimes].filter((name) => machine.units?.[name]?.state === 'masked');
    if (masked.length === 0) return ok({ en: 'none is masked', zh: '均未屏蔽' });
    return error(verbatim(masked.join(', ')), { command: `sudo systemctl unmask ${masked.join(' ')}` });
  },
};
