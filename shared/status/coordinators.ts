import type { CoordinatorState } from '../protocol/coordinator-state.ts';
import { listText } from '../text/list.ts';
import type { LocalText } from '../text/local-text.ts';

const states: Readonly<Record<CoordinatorState['state'], (hosts: LocalText) => LocalText>> = {
  active: ({ en, zh }) => ({ en: `active on ${en}`, zh: `${zh} 活动` }),
  standby: ({ en, zh }) => ({ en: `standby on ${en}`, zh: `${zh} 待命` }),
  installing: ({ en, zh }) => ({ en: `not running yet on ${en}`, zh: `${zh} 尚未运行` }),
  silent: ({ en, zh }) => ({ en: `no contact with ${en}`, zh: `${zh} 失联` }),
};

/** One sentence: "active on master01; standby on master02, master03". */
export function coordinatorsText(coordinators: readonly CoordinatorState[]): LocalText {
  const parts = (Object.keys(states) as CoordinatorState['state'][]).flatMap((state) => {
    const hosts = coordinators.filter((one) => one.state === state).map(({ host }) => host);
    return hosts.length === 0 ? [] : [states[state](listText(hosts))];
  });
  return { en: parts.map(({ en }) => en).join('; '), zh: parts.map(({ zh }) => zh).join('；') };
}
