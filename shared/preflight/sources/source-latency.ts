import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

/** apt asks a mirror a few dozen times; above this it is minutes. In ms. */
const most = 2000;

export const sourceLatency: Check = {
  id: 'source-latency',
  group: 'sources',
  level: 'warning',
  title: { en: 'The package source answers soon', zh: '软件源应答及时' },
  reason: {
    en: 'A far-away mirror turns an installation of half a minute into one of ten.',
    zh: '过远的镜像会把半分钟的安装拖到十分钟。',
  },
  needed: { en: `an answer within ${most / 1000} s`, zh: `${most / 1000} 秒内应答` },
  remedy: {
    en: 'Name a mirror that is nearer in the plan (packages: aliyun, for one)',
    zh: '在计划中换用更近的镜像（如 packages: aliyun）',
  },
  command: '',
  judge({ facts: { reach } }) {
    const found = reach?.packageSource ?? null;
    if (reach === null) return null;
    if (found === null || found.result !== 'ok') return notLooked;
    const seen = verbatim(`${found.ms} ms`);
    return found.ms <= most
      ? ok(seen)
      : warning(seen, { command: `curl -so /dev/null -w '%{time_total}\\n' ${found.target}` });
  },
};
