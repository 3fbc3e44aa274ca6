import type { ActionDefinition } from './definition.ts';

export const resume: ActionDefinition = {
  name: { en: 'resume', zh: '恢复' },
  summary: { en: 'Resume changes on a paused host', zh: '恢复更改已暂停的主机' },
  effects: (host) => [{ en: `The agent on ${host} makes changes again`, zh: `${host} 上的代理重新作出更改` }],
  answer: (host) => ({ en: `${host} is resumed`, zh: `${host} 已恢复` }),
};
