import type { Params } from '../errors/fill.ts';
import type { Evidence } from './evidence.ts';
import { type Line, passesOver } from './line.ts';

type Source = 'output' | 'kubelet' | 'runtime' | 'containers';
type Values = Readonly<Record<string, string>>;

/** Evidence with its lines read. */
export interface Reading {
  evidence: Evidence;
  lines: Readonly<Record<Source, readonly Line[]>>;
}

/** A match: the line to show, and the values for the failure's texts. */
export interface Sign {
  line: string;
  values: Values;
  /** A program's own output (3) outweighs a journal (2), which outweighs the host's state (1). */
  weight: 1 | 2 | 3;
  /** Also normal for a while, so it alone makes the failure a symptom. */
  symptom?: true;
}

export type Clue = (reading: Reading) => Sign | null;

interface Options {
  /** `all`: the failure concerns the host even where a user's pod meets it. Default: lines about users' pods are skipped. */
  pods?: 'all';
  /** No clue if a later line of the same source matches: it is over. */
  until?: RegExp;
  /** Only in a line that matches this as well. */
  also?: RegExp;
  /** No clue in a line that matches. */
  unless?: RegExp;
  /** Values that the line does not name. */
  values?: Values;
  symptom?: true;
  /** Only while this holds. */
  when?: (evidence: Evidence) => boolean;
}

const longestValue = 200;

/** Patterns see lines of at most 4 kB whose quotes have no backslashes. Named groups become the texts' {values}. */
function says(sources: readonly Source[], pattern: RegExp, options: Options): Clue {
  const { pods, until, also, unless, values, symptom, when } = options;
  const matches = ({ text, users }: Line) =>
    (pods === 'all' || !users) &&
    pattern.test(text) &&
    !passesOver.test(text) &&
    also?.test(text) !== false &&
    unless?.test(text) !== true;
  return ({ evidence, lines }) => {
    if (when?.(evidence) === false) return null;
    for (const source of sources) {
      const at = lines[source].findLastIndex(matches);
      const line = lines[source][at];
      if (line === undefined) continue;
      if (until !== undefined && lines[source].slice(at + 1).some(({ text }) => until.test(text))) continue;
      return {
        line: line.shown,
        values: { ...values, ...groupsOf(pattern, line.text) },
        weight: source === 'output' ? 3 : 2,
        ...(symptom === undefined ? {} : { symptom }),
      };
    }
    return null;
  };
}

function groupsOf(pattern: RegExp, text: string): Values {
  const groups = Object.entries(pattern.exec(text)?.groups ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(groups.map(([name, value]) => [name, tidy(value)]));
}

/** Without the fields that follow a message in structured logs, and their quotes. */
function tidy(value: string): string {
  const message = value
    .slice(0, longestValue)
    .replace(/^[\s:,]+/, '')
    .replace(/" \w{1,30}=.*$/, '');
  const quotes = message.replaceAll(`'"'`, '').split('"').length - 1;
  return (quotes % 2 === 1 ? message.replace(/"(?=[^"]*$)/, '') : message).trim();
}

/** A line of output of the step's programs. */
export const output = (pattern: RegExp, options: Options = {}): Clue => says(['output'], pattern, options);
/** A line of the kubelet's journal. */
export const kubelet = (pattern: RegExp, options: Options = {}): Clue => says(['kubelet'], pattern, options);
/** A line of the container runtime's journal. */
export const runtime = (pattern: RegExp, options: Options = {}): Clue => says(['runtime'], pattern, options);
/** A line of a container of this node that keeps exiting. */
export const container = (pattern: RegExp, options: Options = {}): Clue => says(['containers'], pattern, options);
/** A line of the output or of either journal. A container has programs, files and credentials of its own. */
export const onHost = (pattern: RegExp, options: Options = {}): Clue =>
  says(['output', 'kubelet', 'runtime'], pattern, options);
/** A line of the output, of either journal or of a container that keeps exiting. */
export const anywhere = (pattern: RegExp, options: Options = {}): Clue =>
  says(['output', 'containers', 'kubelet', 'runtime'], pattern, options);

/** A line of output that may be about something else than what made the step fail, such as a warning. */
export const hint =
  (pattern: RegExp, options: Options = {}): Clue =>
  (reading) => {
    const sign = output(pattern, options)(reading);
    return sign && { ...sign, weight: 2 };
  };

/**
 * A MusterError with this code. `patterns`: parameters that must match; their named groups and the string parameters
 * become the texts' {values}.
 */
export function problem(code: string, patterns: Readonly<Record<string, RegExp>> = {}): Clue {
  return ({ evidence }) => {
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

/** Matches a state of the host; `look` returns null if it does not apply. */
export function seen(look: (evidence: Evidence) => { line: string; values?: Record<string, string> } | null): Clue {
  return ({ evidence }) => {
    const found = look(evidence);
    return found === null ? null : { line: found.line, values: found.values ?? {}, weight: 1 };
  };
}
