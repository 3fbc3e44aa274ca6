import type { LocalText } from '../text/local-text.ts';

/** The candidate of which `word` is most likely a typo or abbreviation; null: none is close. */
export function closest(word: string, candidates: readonly string[]): string | null {
  const longer = candidates.filter((candidate) => candidate.startsWith(word));
  if (word.length >= 3 && longer[0] !== undefined && longer.length === 1) return longer[0];
  const limit = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= limit && distance < candidate.length)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate ?? null;
}

export function didYouMean(word: string): LocalText {
  return { en: `did you mean ${word}?`, zh: `您是否想输入 ${word}？` };
}

/** The candidate of which a long `word` is certainly a typo: one or two characters differ; null: none. */
export function misspelt(word: string, candidates: readonly string[]): string | null {
  if (word.length < 6 || candidates.includes(word)) return null;
  const isNear = (one: string) => Math.abs(one.length - word.length) <= 2 && editDistance(word, one) <= 2;
  return candidates.find(isNear) ?? null;
}

/** Levenshtein distance: characters to insert, delete or replace. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, character] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const replace = (row[j] ?? 0) + (character === to[j] ? 0 : 1);
      next.push(Math.min(replace, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
