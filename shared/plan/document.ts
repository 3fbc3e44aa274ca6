import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  visit,
  type YAMLParseError,
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
    const broken = [...syntaxProblems(document.errors, lines), ...unknownAliases(document, lines)];
    if (broken.length > 0) return { problems: broken };
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

/** One problem per line: later errors on a line usually follow from the first. */
function syntaxProblems(errors: readonly YAMLParseError[], lines: LineCounter): PlanProblem[] {
  const byLine = new Map<number, PlanProblem>();
  for (const error of errors) {
    const { line, col } = lines.linePos(error.pos[0]);
    const at = Math.max(1, line);
    if (!byLine.has(at)) byLine.set(at, syntaxProblem(error, at, col));
  }
  return [...byLine.values()];
}

function syntaxProblem({ code, message }: YAMLParseError, line: number, column: number): PlanProblem {
  const place = { line, path: '', seen: null };
  if (code === 'MULTIPLE_DOCS') return problem('yaml-second-document', place);
  // The parser reports its own exhausted stack as a syntax error.
  if (code === 'RESOURCE_EXHAUSTION' || /call stack/i.test(message)) return problem('yaml-too-deep', place);
  const known = syntaxReasons[code];
  const reason = known === undefined ? '' : { en: `: ${known.en}`, zh: `：${known.zh}` };
  return problem('yaml-invalid', { ...place, params: { column, reason } });
}

function unknownAliases(document: Document, lines: LineCounter): PlanProblem[] {
  const problems: PlanProblem[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      const { line } = lines.linePos(alias.range?.[0] ?? 0);
      const params = { alias: withoutControls(alias.source) };
      problems.push(problem('yaml-alias-unknown', { line, path: '', seen: null, params }));
    },
  });
  return problems;
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
  const text = withoutControls(node.source ?? String(node.value)).replace(/\/\/[^/\s]*@/g, '//***@');
  return verbatim(JSON.stringify(text.length > maxSeen ? `${text.slice(0, maxSeen)}…` : text));
}
