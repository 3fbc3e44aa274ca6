import { verbatim } from '../../text/local-text.ts';
import { error, ok, type Verdict, warning } from '../check.ts';
import type { Holders } from './known.ts';

/**
 * ok if only this host has the value. Otherwise the host that reported it first keeps it, so that no host can take away
 * another's assignment by claiming its values.
 */
export function judgeShared(value: string, name: string, all: Holders): Verdict {
  const holders = all.get(value) ?? [];
  const others = holders.filter((other) => other !== name);
  if (others.length === 0) return ok(verbatim(value));
  const seen = alsoOn(value, others);
  return holders[0] === name ? warning(seen) : error(seen);
}

export function alsoOn(value: string, others: readonly string[]) {
  const list = others.slice(0, 8);
  return { en: `${value}, also on ${list.join(', ')}`, zh: `${value}，${list.join('、')} 也使用该值` };
}
