import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

/** In ms; apt sends a few dozen requests, so the total becomes minutes. */
const most = 2000;

export const sourceLatency: Check = {
  id: 'source-latency',
  group: 'sources',
  level: 'warning',
  title: { en: 'Package source answers quickly', zh: '软件源响应迅速' },
  reason: {
    en: 'A distant mirror turns a 30-second installation into ten minutes.',
    zh: '过远的镜像源会将半分钟的安装拖到十分钟。',
  },
  needed: { en: `an answer within ${most / 1000} s`, zh: `${most / 1000} 秒内应答` },
  remedy: {
    en: 'Plan a closer mirror (for example packages: aliyun)',
    zh: '在计划中使用更近的镜像源（例如 packages: aliyun）',
  },
  command: '',
  judge({ facts: { reach } }) {
    const found = reach?.packageSource ?? null;
    if (reach === null) return null;
    if (found === null || found.result !== 'ok') return notLooked;
    const seen = verbatim(`${found.target}: ${found.ms} ms`);
    return found.ms <= most ? ok(seen) : warning(seen);
  },
};
