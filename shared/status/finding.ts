import { titleOf } from '../preflight/catalogue.ts';
import type { Finding } from '../protocol/finding.ts';
import type { LocalText } from '../text/local-text.ts';

const verdicts: Readonly<Record<Finding['level'], LocalText>> = {
  ok: { en: 'check passed', zh: '检查通过' },
  warning: { en: 'check not passed', zh: '检查未达标' },
  error: { en: 'check failed', zh: '检查未通过' },
  unknown: { en: 'check inconclusive', zh: '检查无法判定' },
};

/** Formats a finding: "check failed: Memory is sufficient (512 MB; required: 1700 MB)". */
export function findingText({ id, level, seen, needed }: Pick<Finding, 'id' | 'level' | 'seen' | 'needed'>): LocalText {
  const [title, verdict] = [titleOf(id), verdicts[level]];
  return {
    en: `${verdict.en}: ${title.en} (${seen.en}${needed.en === '' ? '' : `; required: ${needed.en}`})`,
    zh: `${verdict.zh}：${title.zh}（${seen.zh}${needed.zh === '' ? '' : `；要求：${needed.zh}`}）`,
  };
}
