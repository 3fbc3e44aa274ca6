import { verbatim } from '../../text/local-text.ts';
import { error, ok, type Verdict } from '../check.ts';
import type { Holders } from './known.ts';

/** ok where only this host has the value; error with those that have it as well. */
export function judgeShared(value: string, name: string, all: Holders): Verdict {
  const others = (all.get(value) ?? []).filter((other) => other !== name);
  if (others.length === 0) return ok(verbatim(value));
  const list = others.slice(0, 8).join(', ');
  return error({
    en: `${value}, which ${list} ${others.length === 1 ? 'has' : 'have'} too`,
    zh: `${value}，与 ${list} 相同`,
  });
}
