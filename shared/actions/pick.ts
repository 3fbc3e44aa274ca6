import type { ActionDefinition } from './definition.ts';

export const pick: ActionDefinition = {
  name: { en: 'pick machine', zh: '选择机器' },
  summary: {
    en: 'Resolve a cloned VM: choose which machine keeps the name',
    zh: '处理克隆的虚拟机：选择保留主机名的机器',
  },
  options: [
    {
      flags: '--boot <id>',
      text: {
        en: 'Boot ID of the machine that stays, or its first characters',
        zh: '保留的机器的启动 ID，或其开头几个字符',
      },
    },
    {
      flags: '--machine <id>',
      text: {
        en: 'Machine ID of the machine that stays, if the IDs differ',
        zh: '保留的机器的 machine-id（两者不同时）',
      },
    },
  ],
  dangerous: true,
  effects: (host) => [
    {
      en: `One machine keeps the name ${host}; the other is refused until it enrols with its own install command`,
      zh: `其中一台机器继续作为 ${host}；另一台会被拒绝，直到用它自己的安装命令重新接入`,
    },
  ],
  answer: (host) => ({
    en: `one machine keeps the name ${host}; the other is refused`,
    zh: `已选定 ${host} 的机器，另一台被拒绝`,
  }),
};
