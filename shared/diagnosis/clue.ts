import type { Params } from '../errors/fill.ts';
import type { Evidence } from './evidence.ts';

type Source = 'output' | 'kubelet' | 'runtime';

/** A match: the line to show, and the values for the failure's texts. */
export interface Sign {
  line: string;
  values: Readonly<Record<string, string>>;
  /** A program's own output (3) outweighs a journal (2), which outweighs the host's state (1). */
  weight: 1 | 2 | 3;
}

export type Clue = (evidence: Evidence) => Sign | null;

/** kubeadm continues after a warning. */
const isWarning = (line: string) => line.includes('[WARNING ');

function says(sources: readonly Source[], pattern: RegExp): Clue {
  return (evidence) => {
    for (const source of sources) {
      const line = evidence[source].findLast((text) => pattern.test(text) && !isWarning(text));
      if (line === undefined) continue;
      const groups = Object.entries(pattern.exec(line)?.groups ?? {}).filter(([, value]) => value !== undefined);
      return { line, values: Object.fromEntries(groups), weight: source === 'output' ? 3 : 2 };
    }
    return null;
  };
}

/** A line of output of the step's programs. Named groups become the texts' {values}. */
export const output = (pattern: RegExp): Clue => says(['output'], pattern);

/**
 * A MusterError with this code. `patterns`: parameters that must match; their named groups and the string parameters
 * become the texts' {values}.
 */
export function problem(code: string, patterns: Readonly<Record<string, RegExp>> = {}): Clue {
  return (evidence) => {
    if (evidence.problem?.code !== code) return null;
    const { params } = evidence.problem;
    const texts = Object.entries(params).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
    const matches = Object.entries(patterns).map(([name, pattern]) => pattern.exec(textOf(params[name])));
    if (matches.includes(null)) return null;
    const groups = matches.flatMap((match) => Object.entries(match?.groups ?? {}));
    return { line: evidence.output.at(-1) ?? code, values: Object.fromEntries([...texts, ...groups]), weight: 3 };
  };
}

/** The English text of a parameter; program output is the same in both languages. */
function textOf(param: Params[string] | undefined): string {
  return typeof param === 'object' && 'en' in param ? param.en : String(param ?? '');
}

/** Matches a line of the kubelet's journal. */
export const kubelet = (pattern: RegExp): Clue => says(['kubelet'], pattern);
/** Matches a line of the container runtime's journal. */
export const runtime = (pattern: RegExp): Clue => says(['runtime'], pattern);
/** A line of the output or of either journal. */
export const anywhere = (pattern: RegExp): Clue => says(['output', 'kubelet', 'runtime'], pattern);

/** Matches a state of the host; `look` returns null if it does not apply. */
export function seen(look: (evidence: Evidence) => { line: string; values?: Record<string, string> } | null): Clue {
  return (evidence) => {
    const found = look(evidence);
    return found === null ? null : { line: found.line, values: found.values ?? {}, weight: 1 };
  };
}
