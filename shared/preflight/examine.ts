import type { Finding } from '../protocol/finding.ts';
import type { LocalText } from '../text/local-text.ts';
import type { Check } from './check.ts';

const nothing: LocalText = { en: '', zh: '' };
const checkManually: LocalText = {
  en: 'Check manually if it matters; an unknown result blocks nothing',
  zh: '如有需要请手动检查；结果未知不会阻止任何步骤',
};

/** Runs one check; null: it does not apply. */
export function examine<K>(check: Check<K>, known: K): Finding | null {
  const verdict = check.judge(known);
  if (verdict === null) return null;
  const { level, seen } = verdict;
  const found = { id: check.id, level, seen, lowered: null };
  if (level === 'ok') return { ...found, needed: nothing, remedy: nothing, command: '', mends: false };
  const step = verdict.step === undefined ? (check.step ?? null) : verdict.step;
  const needed = verdict.needed ?? check.needed;
  if (level === 'unknown') {
    const { remedy = checkManually, command = '' } = verdict;
    return { ...found, needed, remedy, command, mends: step !== null };
  }
  const { remedy = check.remedy, command = check.command } = verdict;
  return { ...found, needed, remedy, command, mends: step !== null };
}

/** An error that no step fixes; it blocks all changes on the host. */
export const blocks = (finding: Pick<Finding, 'level' | 'mends'>): boolean =>
  finding.level === 'error' && !finding.mends;

const severity: Record<Finding['level'], number> = { error: 0, warning: 1, unknown: 2, ok: 3 };

/** Sorts findings, worst first. */
export function worstFirst<F extends Pick<Finding, 'level'>>(findings: readonly F[]): F[] {
  return [...findings].sort((a, b) => severity[a.level] - severity[b.level]);
}
