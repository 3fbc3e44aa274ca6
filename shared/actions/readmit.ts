import type { ActionDefinition } from './definition.ts';

export const readmit: ActionDefinition = {
  name: { en: 'readmit', zh: '重新接纳' },
  summary: {
    en: 'Readmit a retired host; prints the install command',
    zh: '重新接纳已退役的主机；打印安装命令',
  },
  invites: true,
  effects: (host) => [
    { en: `${host} may enrol again, with a new install command`, zh: `${host} 可以凭新的安装命令重新接入` },
  ],
  answer: (host) => ({ en: `${host} may enrol again`, zh: `${host} 可以重新接入` }),
};
