import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { MusterError } from './errors/errors.ts';
import { issuesText } from './errors/issues.ts';
import type { LocalText } from './text/local-text.ts';

/** Parses JSON; undefined if it is invalid. */
export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Parses and validates JSON. Throws MusterError `json-invalid` with line and field. */
export function parseJson<T>(schema: z.ZodType<T>, text: string): T {
  const value = jsonOrUndefined(text);
  if (value === undefined) throw invalid(text, [], { en: 'not JSON', zh: '不是 JSON' });
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  throw invalid(text, issues[0]?.path ?? [], issuesText(issues));
}

function invalid(text: string, path: readonly PropertyKey[], seen: LocalText): MusterError {
  const line = lineOf(text, path);
  const reason = line === null ? seen : { en: `line ${line}: ${seen.en}`, zh: `第 ${line} 行：${seen.zh}` };
  return new MusterError('json-invalid', { reason });
}

/** JSON is a subset of YAML, whose parser tracks lines. null: unknown. */
function lineOf(text: string, path: readonly PropertyKey[]): number | null {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const [error] = document.errors;
  if (error !== undefined) return error.linePos?.[0].line ?? null;
  const node = document.getIn(path, true);
  return isNode(node) && node.range ? lineCounter.linePos(node.range[0]).line : null;
}
