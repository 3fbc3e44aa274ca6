import { becomesNode, type Check, error, notLooked, ok } from '../check.ts';

/** Year of muster's first release. */
const earliest = 2026;
const latest = 2100;

export const clockYear: Check = {
  id: 'clock-year',
  group: 'time',
  level: 'error',
  guards: ['package-source', 'packages', 'images', ...becomesNode],
  title: { en: 'System clock is plausible', zh: '系统时钟合理' },
  reason: {
    en: 'A machine without a battery-backed clock starts in 1970: no certificate is valid and no download works.',
    zh: '没有电池供电时钟的机器从 1970 年启动：证书均无效，下载也会失败。',
  },
  needed: { en: `the year ${earliest} or later`, zh: `${earliest} 年或之后` },
  remedy: {
    en: 'Set the clock: sudo date --set "YYYY-MM-DD hh:mm:ss"',
    zh: '设置时钟：sudo date --set "YYYY-MM-DD hh:mm:ss"',
  },
  command: '',
  judge({ facts: { machine } }) {
    if (machine.year === null) return notLooked;
    const seen = { en: `year ${machine.year}`, zh: `${machine.year} 年` };
    return machine.year >= earliest && machine.year < latest ? ok(seen) : error(seen);
  },
};
