import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';

/** No release of muster is older. */
const earliest = 2026;
const latest = 2100;

export const clockYear: Check = {
  id: 'clock-year',
  group: 'time',
  level: 'error',
  title: { en: 'The clock shows a year that can be', zh: '时钟年份合理' },
  reason: {
    en: 'A machine without a battery-backed clock starts in 1970: no certificate is valid then, no download works.',
    zh: '没有电池时钟的机器从 1970 年启动：证书均无效，下载也会失败。',
  },
  needed: { en: `${earliest} or later`, zh: `${earliest} 年或之后` },
  remedy: { en: 'Set the clock', zh: '校准时钟' },
  command: "sudo date --set '2026-01-31 12:00:00' && sudo hwclock --systohc",
  judge({ facts: { machine } }) {
    if (machine.year === null) return notLooked;
    const seen = verbatim(`${machine.year}`);
    return machine.year >= earliest && machine.year < latest ? ok(seen) : error(seen);
  },
};
