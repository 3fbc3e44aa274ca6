import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLParseError,
} from 'yaml';
import { messageOf } from '../errors/errors.ts';
import { withoutControls } from '../protocol/text.ts';
import { formatPath, type Path, type PlanProblem, type Report } from './problem.ts';

/** A plan of a thousand hosts has 100 kB. */
const maxLength = 1_048_576;
/** How much larger than its text a document may grow by aliases. */
const maxAliasCount = 100;
const maxSeen = 80;

export interface PlanDocument {
  value: unknown;
  /** The problem at a path: its line and what was read there are looked up in the text. */
  problemAt(...problem: Parameters<Report>): PlanProblem;
}

/** Reads the YAML; everything that can't be read is a problem with its line. */
export function readDocument(text: string): { document: PlanDocument } | { problems: PlanProblem[] } {
  if (text.length > maxLength) {
    return whole(`the file has ${text.length} characters; at most ${maxLength} are read`);
  }
  if (/[\uFFFD\0]/.test(text)) return whole('the file is not text in UTF-8; save it as UTF-8');
  const lines = new LineCounter();
  const lineOf = (offset: number) => Math.max(1, lines.linePos(offset).line);
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    if (document.errors.length > 0) return { problems: syntaxProblems(document.errors, lineOf) };
    const value: unknown = document.toJS({ maxAliasCount });
    if (isCircular(value)) return whole('an anchor of this YAML contains itself; take that alias out');
    return { document: { value, problemAt: (...problem) => problemAt(document, lineOf, ...problem) } };
  } catch (error) {
    // Aliases that multiply, and nesting deeper than the stack.
    return whole(`this YAML can't be read: ${withoutControls(messageOf(error))}`);
  }
}

/** One a line: what comes after the first error in a line is most often its consequence. */
function syntaxProblems(errors: readonly YAMLParseError[], lineOf: (offset: number) => number): PlanProblem[] {
  const messages = new Map<number, string>();
  for (const error of errors) {
    const line = lineOf(error.pos[0]);
    if (messages.has(line)) continue;
    messages.set(line, syntaxMessage(error));
  }
  return [...messages].map(([line, message]) => ({ line, path: '', seen: '', message }));
}

function syntaxMessage({ code, message }: YAMLParseError): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; one is allowed: take out the line with ---';
  // yaml reports the engine's own words when its stack runs out.
  if (/call stack/i.test(message)) return 'this YAML is nested too deeply to be read';
  return `this is not valid YAML: ${withoutControls(message)}`;
}

function isCircular(value: unknown, above: readonly unknown[] = []): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return above.includes(value) || Object.values(value).some((inner) => isCircular(inner, [...above, value]));
}

function whole(message: string): { problems: PlanProblem[] } {
  return { problems: [{ line: 1, path: '', seen: '', message }] };
}

function problemAt(
  document: Document,
  lineOf: (offset: number) => number,
  ...[path, message, about = 'value']: Parameters<Report>
): PlanProblem {
  const { node, offset } = find(document, path);
  return { line: lineOf(offset), path: formatPath(path), seen: about === 'key' ? '' : describe(node), message };
}

/** The node at a path, and where it starts; with nothing there, the place of the nearest node above it. */
function find(document: Document, path: Path): { node: Node | null; offset: number } {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    const above = isAlias(node) ? (node.resolve(document) ?? null) : node;
    if (isMap<Node, Node | null>(above)) {
      const pair = above.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (pair === undefined) return { node: null, offset };
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq<Node>(above)) {
      node = above.items[Number(part)] ?? null;
      offset = node?.range?.[0] ?? offset;
    } else {
      return { node: null, offset };
    }
  }
  return { node: isAlias(node) ? (node.resolve(document) ?? null) : node, offset };
}

function describe(node: Node | null): string {
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null) return 'nothing';
  const text = withoutControls(node.source ?? String(node.value));
  return JSON.stringify(text.length > maxSeen ? `${text.slice(0, maxSeen)}…` : text);
}
