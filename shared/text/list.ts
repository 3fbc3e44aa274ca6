import type { LocalText } from './local-text.ts';

/** Names in a sentence; more are counted only. */
const named = 20;

/** "node01, node02"; of more than 20: "node01 … node20 and 4980 more". */
export function listText(names: readonly string[]): LocalText {
  const first = names.slice(0, named);
  const more = names.length - first.length;
  return {
    en: `${first.join(', ')}${more === 0 ? '' : ` and ${more} more`}`,
    zh: `${first.join('、')}${more === 0 ? '' : ` 等 ${names.length} 个`}`,
  };
}
