import type { Evidence } from './evidence.ts';

type Source = 'output' | 'kubelet' | 'runtime';

/** What was found: the line to show, and the parts of it that the failure's texts name. */
export interface Sign {
  line: string;
  values: Readonly<Record<string, string>>;
  /** What a failed program says itself counts for more than a journal, and that for more than what is merely so. */
  weight: 1 | 2 | 3;
}

export type Clue = (evidence: Evidence) => Sign | null;

function says(sources: readonly Source[], pattern: RegExp): Clue {
  return (evidence) => {
    for (const source of sources) {
      const line = evidence[source].findLast((text) => pattern.test(text));
      if (line === undefined) continue;
      const groups = Object.entries(pattern.exec(line)?.groups ?? {}).filter(([, value]) => value !== undefined);
      return { line, values: Object.fromEntries(groups), weight: source === 'output' ? 3 : 2 };
    }
    return null;
  };
}

/** A line of the step's own programs. Named groups become the texts' {values}. */
export const output = (pattern: RegExp): Clue => says(['output'], pattern);
/** A line of the kubelet's journal. */
export const kubelet = (pattern: RegExp): Clue => says(['kubelet'], pattern);
/** A line of the container runtime's journal. */
export const runtime = (pattern: RegExp): Clue => says(['runtime'], pattern);
/** A line of any of them. */
export const anywhere = (pattern: RegExp): Clue => says(['output', 'kubelet', 'runtime'], pattern);

/** What is so on the host, whatever any program says; null: it is not. */
export function seen(look: (evidence: Evidence) => { line: string; values?: Record<string, string> } | null): Clue {
  return (evidence) => {
    const found = look(evidence);
    return found === null ? null : { line: found.line, values: found.values ?? {}, weight: 1 };
  };
}
