import { verbatim } from '../../text/local-text.ts';
import { error, ok, type Verdict } from '../check.ts';
import type { Holders } from './known.ts';

/** ok if only this host has the value; otherwise an error that names the others. */
export function judgeShared(value: string, name: string, all: Holders): Verdict {
  const others = (all.get(value) ?? []).filter((other) => other !== name);
  if (others.length === 0) return ok(verbatim(value));
  const list = others.slice(0, 8).join(', ');
  return error({
    en: `${value}, also on ${list}`,
    zh: `${value}，${list} 也使用该值`,
  });
}
