import { titleOf } from '../preflight/catalogue.ts';
import type { Finding } from '../protocol/finding.ts';
import type { LocalText } from '../text/local-text.ts';

/** Formats a finding: "check failed: Memory is sufficient (512 MB; required: 1700 MB)". */
export function findingText({ id, seen, needed }: Pick<Finding, 'id' | 'seen' | 'needed'>): LocalText {
  const title = titleOf(id);
  return {
    en: `check failed: ${title.en} (${seen.en}${needed.en === '' ? '' : `; required: ${needed.en}`})`,
    zh: `检查未通过：${title.zh}（${seen.zh}${needed.zh === '' ? '' : `；要求：${needed.zh}`}）`,
  };
}
