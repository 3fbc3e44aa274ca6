import type { CoordinatorState } from '../protocol/coordinator-state.ts';
import type { LocalText } from '../text/local-text.ts';

const states: Readonly<Record<CoordinatorState['state'], LocalText>> = {
  active: { en: 'active on', zh: '活动于' },
  standby: { en: 'standby on', zh: '待命于' },
  installing: { en: 'being installed on', zh: '正在安装于' },
  silent: { en: 'no contact with', zh: '无法联系' },
};

/** One sentence: "active on master01, standby on master02 and master03". */
export function coordinatorsText(coordinators: readonly CoordinatorState[]): LocalText {
  const parts = (Object.keys(states) as CoordinatorState['state'][]).flatMap((state) => {
    const hosts = coordinators.filter((one) => one.state === state).map(({ host }) => host);
    const { en, zh } = states[state];
    return hosts.length === 0 ? [] : [{ en: `${en} ${hosts.join(' and ')}`, zh: `${zh} ${hosts.join('、')}` }];
  });
  return { en: parts.map(({ en }) => en).join(', '), zh: parts.map(({ zh }) => zh).join('，') };
}
