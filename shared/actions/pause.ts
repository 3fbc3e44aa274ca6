import type { ActionDefinition } from './definition.ts';

export const pause: ActionDefinition = {
  name: { en: 'pause', zh: '暂停' },
  summary: { en: 'Stop changes on a host; it keeps reporting', zh: '停止更改主机；主机继续上报' },
  options: [
    { flags: '--reason <text>', text: { en: 'Reason, shown to other operators', zh: '原因，显示给其他操作员' } },
  ],
  effects: (host) => [
    {
      en: `The agent on ${host} keeps observing and reporting, and changes nothing until it is resumed; running workloads are not affected`,
      zh: `${host} 上的代理继续观察和上报，在恢复之前不作任何更改；正在运行的工作负载不受影响`,
    },
  ],
  answer: (host) => ({ en: `${host} is paused`, zh: `${host} 已暂停` }),
};
