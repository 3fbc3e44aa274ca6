import { becomesNode, type Check, error, notLooked, ok } from '../check.ts';

export const maskedUnits: Check = {
  id: 'masked-units',
  group: 'programs',
  level: 'error',
  guards: ['packages', 'runtime', 'kubelet-enabled', ...becomesNode],
  title: { en: 'Required services are not masked', zh: '所需服务未被屏蔽' },
  reason: {
    en: 'systemd never starts a masked unit; someone disabled it on purpose.',
    zh: 'systemd 不会启动被屏蔽的单元；这表示有人有意将其停用。',
  },
  needed: { en: 'kubelet and the planned runtime not masked', zh: 'kubelet 与计划的容器运行时未被屏蔽' },
  remedy: { en: 'Unmask the services', zh: '解除对这些服务的屏蔽' },
  command: 'sudo systemctl unmask {units}',
  judge({ facts: { machine }, assignment }) {
    if (machine.units === null) return notLooked;
    const runtimes =
      assignment === null
        ? ['containerd', 'docker']
        : assignment.settings.runtime.name === 'docker'
          ? ['docker', 'containerd']
          : ['containerd'];
    const masked = ['kubelet', ...runtimes].filter((name) => machine.units?.[name]?.state === 'masked');
    if (masked.length === 0) {
      const names = ['kubelet', ...runtimes];
      return ok({ en: `not masked: ${names.join(', ')}`, zh: `未被屏蔽：${names.join('、')}` });
    }
    return error(
      { en: `masked: ${masked.join(', ')}`, zh: `已被屏蔽：${masked.join('、')}` },
      { values: { units: masked } },
    );
  },
};
