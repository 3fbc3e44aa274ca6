import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import type { Params } from '../errors/fill.ts';
import { withoutControls } from '../protocol/text.ts';
import { type LocalText, verbatim } from '../text/local-text.ts';
import { formatPath, type Path, type PlanProblem } from './problem.ts';
import { type Given, type PlanProblemCode, planProblemText } from './problems/index.ts';
import { syntaxReasons } from './problems/syntax.ts';
import { parsingDocument } from './yaml-document.ts';

/** Limit in characters; a plan of a thousand hosts has about 100 kB. */
const maxLength = 1_048_576;
/** Limits the expansion of a document through aliases. */
const maxAliasCount = 100;
const maxSeen = 80;

export interface PlanDocument {
  value: unknown;
  /** Creates a problem for a path, with its line and the value read there. */
  problemAt(path: Path, code: PlanProblemCode, params?: Params): PlanProblem;
}

type Read = { document: PlanDocument } | { problems: PlanProblem[] };

/** Parses YAML; unreadable parts are reported as problems with their line. Yields where it may be interrupted. */
export function* readingDocument(text: string): Generator<void, Read> {
  if (text.length > maxLength) {
    return { problems: [fileProblem('file-too-long', { length: text.length, most: maxLength })] };
  }
  if (/[\uFFFD\0]/.test(text)) return { problems: [fileProblem('file-not-utf8')] };
  const lines = new LineCounter();
  try {
    const document = yield* parsingDocument(text, lines);
    yield;
    const broken = syntaxProblems([...document.errors, ...unknownTags(document)], lines);
    if (broken.length > 0) return { problems: broken };
    const unusable = unusableNodes(document, lines, text);
    if (unusable.length > 0) return { problems: unusable };
    const value: unknown = document.toJS({ maxAliasCount });
    yield;
    if (isCircular(value)) return { problems: [fileProblem('yaml-circular')] };
    return { document: { value, problemAt: (...problem) => problemAt(document, lines, ...problem) } };
  } catch (error) {
    return { problems: [fileProblem(error instanceof RangeError ? 'yaml-too-deep' : 'yaml-too-many-aliases')] };
  }
}

/** A problem of the whole file, at line 1. */
export function fileProblem<C extends PlanProblemCode>(code: C, ...[params]: Given<C>): PlanProblem {
  return problem(code, { line: 1, path: '', seen: null, params });
}

/** A problem of a line as such, whatever the structure of the file. */
export function problemOnLine<C extends PlanProblemCode>(line: number, code: C, ...[params]: Given<C>): PlanProblem {
  return problem(code, { line, path: '', seen: null, params });
}

function problem(
  code: PlanProblemCode,
  { params = {}, ...place }: Pick<PlanProblem, 'line' | 'path' | 'seen'> & { params?: Params | undefined },
): PlanProblem {
  const { en, zh } = planProblemText(code, params, place.seen);
  const message = { en: withoutControls(en), zh: withoutControls(zh) };
  return { ...place, code, path: withoutControls(place.path), message };
}

/** One problem per line; unexpected characters usually follow from an error before them. */
function syntaxProblems(errors: readonly YAMLError[], lines: LineCounter): PlanProblem[] {
  const byLine = new Map<number, PlanProblem>();
  for (const [index, error] of errors.entries()) {
    if (index > 0 && error.code === 'UNEXPECTED_TOKEN') continue;
    const { line, col } = lines.linePos(error.pos[0]);
    const at = Math.max(1, line);
    if (!byLine.has(at)) byLine.set(at, syntaxProblem(error, at, col));
  }
  return [...byLine.values()];
}

function syntaxProblem({ code, message }: YAMLError, line: number, column: number): PlanProblem {
  const place = { line, path: '', seen: null };
  if (code === 'MULTIPLE_DOCS') return problem('yaml-second-document', place);
  // The parser reports its own exhausted stack as a syntax error.
  if (code === 'RESOURCE_EXHAUSTION' || /call stack/i.test(message)) return problem('yaml-too-deep', place);
  const known = syntaxReasons[code];
  const reason = known === undefined ? '' : { en: `: ${known.en}`, zh: `：${known.zh}` };
  return problem('yaml-invalid', { ...place, params: { column, reason } });
}

/** The parser takes a value with an unknown tag for a string, with a warning. */
const unknownTags = ({ warnings }: Document.Parsed) => warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED');

function unusableNodes(document: Document, lines: LineCounter, text: string): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const report = (node: unknown, code: PlanProblemCode, params: Params = {}) => {
    const { line } = lines.linePos((isNode(node) ? node.range?.[0] : undefined) ?? 0);
    problems.push(problem(code, { line, path: '', seen: null, params }));
  };
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) === undefined) report(alias, 'yaml-alias-unknown', { alias: alias.source });
    },
    Pair(_, pair) {
      if (isMergeKey(pair)) {
        if (mergeSources(document, pair).some((source) => !isMap(source))) report(pair.key, 'yaml-merge-invalid');
      } else if (!isScalar(pair.key) || pair.key.value === '__proto__') {
        report(pair.key, 'yaml-key-unusable', { key: sourceOf(pair.key, text) });
      }
    },
  });
  return problems;
}

/** The library reads a plain << as a symbol. */
const isMergeKey = ({ key }: Pair) => isScalar(key) && typeof key.value === 'symbol';
const sourceOf = (node: unknown, text: string) =>
  quoted(isNode(node) ? text.slice(...(node.range ?? [0, 0]).slice(0, 2)).trim() : '');

/** What a merge key adds to its mapping: one mapping, or several of which the first has precedence. */
function mergeSources(document: Document, { value }: Pair): unknown[] {
  const resolved = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  const source = resolved(value);
  return isSeq(source) ? source.items.map(resolved) : [source];
}

/** The entry of a key in a mapping, or in one that is merged into it. */
function entryOf(document: Document, map: YAMLMap, key: string): Pair | undefined {
  const own = map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
  if (own !== undefined) return own;
  const merged = map.items.filter(isMergeKey).flatMap((pair) => mergeSources(document, pair));
  return merged.flatMap((source) => (isMap(source) ? (entryOf(document, source, key) ?? []) : []))[0];
}

function isCircular(value: unknown, above: readonly unknown[] = []): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return above.includes(value) || Object.values(value).some((inner) => isCircular(inner, [...above, value]));
}

function problemAt(
  document: Document,
  lines: LineCounter,
  path: Path,
  code: PlanProblemCode,
  params?: Params,
): PlanProblem {
  const { node, offset } = find(document, path);
  const line = Math.max(1, lines.linePos(offset).line);
  const seen = describe(node);
  return problem(code, { line, path: formatPath(path), seen: path[0] === 'proxy' ? withoutUser(seen) : seen, params });
}

/** The node at a path and its offset; if it does not exist, the offset of its nearest ancestor. */
function find(document: Document, path: Path): { node: Node | null; offset: number } {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    const above = isAlias(node) ? (node.resolve(document) ?? null) : node;
    if (isMap<Node, Node | null>(above)) {
      const pair = entryOf(document, above, String(part));
      if (pair === undefined) return { node: null, offset };
      offset = (isNode(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
      node = isNode(pair.value) ? pair.value : null;
    } else if (isSeq<Node>(above)) {
      node = above.items[Number(part)] ?? null;
      offset = node?.range?.[0] ?? offset;
    } else {
      return { node: null, offset };
    }
  }
  return { node: isAlias(node) ? (node.resolve(document) ?? null) : node, offset };
}

/** What is wrong with a proxy's URL may be its password, so that nothing up to the last @ is shown. */
function withoutUser(seen: LocalText | null): LocalText | null {
  const hide = (text: string) => text.replace(/(:\/\/|^").*@/, '$1[secret]@');
  return seen && { en: hide(seen.en), zh: hide(seen.zh) };
}

function describe(node: Node | null): LocalText | null {
  if (isMap(node)) return { en: 'a mapping', zh: '映射' };
  if (isSeq(node)) {
    return node.items.length === 0 ? { en: 'an empty list', zh: '空列表' } : { en: 'a list', zh: '列表' };
  }
  if (!isScalar(node) || node.value === null) return null;
  return verbatim(quoted((node.source ?? String(node.value)).replace(/\/\/[^/\s]*@/g, '//***@')));
}

/** A value as problems show it: in quotes, cut to a sensible length, with escapes for characters that nobody sees. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > maxSeen ? `${text.slice(0, maxSeen)}…` : text).replace(invisible, codeEscape);
}

/** Everything without an own shape, except for the ordinary space. */
const invisible = /[^\P{C} ]|[^\P{Z} ]/gu;
const codeEscape = (character: string) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
