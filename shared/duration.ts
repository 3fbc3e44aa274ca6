import type { LocalText } from './text/local-text.ts';

const units: readonly { seconds: number; name: LocalText }[] = [
  { seconds: 86_400, name: { en: 'd', zh: '天' } },
  { seconds: 3600, name: { en: 'h', zh: '小时' } },
  { seconds: 60, name: { en: 'min', zh: '分钟' } },
  { seconds: 1, name: { en: 's', zh: '秒' } },
];

/** Formats the two largest units: "3 s", "4 min 10 s", "2 h 5 min", "3 d 4 h". */
export function duration(seconds: number): LocalText {
  let rest = Math.max(0, Math.round(seconds));
  const counted = units.map(({ seconds: size, name }) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { count, name };
  });
  const first = counted.findIndex(({ count }) => count > 0);
  if (first === -1) return { en: '0 s', zh: '0 秒' };
  const said = counted.slice(first, first + 2).filter(({ count }) => count > 0);
  return {
    en: said.map(({ count, name }) => `${count} ${name.en}`).join(' '),
    zh: said.map(({ count, name }) => `${count} ${name.zh}`).join(' '),
  };
}
