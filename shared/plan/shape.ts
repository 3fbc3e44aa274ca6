import type { z } from 'zod';
import type { LocalText } from '../text/local-text.ts';
import type { Path, Report } from './problem.ts';
import { isRequiredCode } from './problems/required.ts';
import { closest, didYouMean } from './suggestion.ts';
import { type PartialPlan, writtenPlanSchema } from './written.ts';

type Issue = z.core.$ZodIssue;

/** Reports all values of the wrong shape and returns the rest for the cross-field checks. */
export function checkShape(value: unknown, report: Report): PartialPlan {
  const written = withoutNulls(value);
  const result = writtenPlanSchema.safeParse(written);
  if (hasNull(value)) reportEmptyKeys(value, written, report);
  if (result.success) return result.data;
  let rest = written;
  for (const issue of issuesOf(result.error)) {
    rest = without(rest, issue.path as Path, reportIssue(issue, report));
  }
  return (rest ?? {}) as PartialPlan;
}

/** Unknown keys of one mapping that are reported; one with more is something else than a plan. */
const mostUnknown = 50;

const issuesOf = ({ issues }: z.ZodError) => issues.flatMap((issue) => leaves(issue, []));

/** Reports unknown keys without a value, which `withoutNulls` leaves out. */
function reportEmptyKeys(value: unknown, written: unknown, report: Report): void {
  const result = writtenPlanSchema.safeParse(withoutNulls(value, [], true));
  for (const issue of result.success ? [] : issuesOf(result.error)) {
    if (issue.code !== 'unrecognized_keys') continue;
    const isEmpty = (key: string) => !Object.hasOwn(at(written, issue.path as Path) as object, key);
    reportIssue({ ...issue, keys: issue.keys.filter(isEmpty) }, report);
  }
}

const hasNull = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.values(value).some(hasNull));

const at = (value: unknown, path: Path) =>
  path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value) ?? {};

/** Reports an issue and returns the unusable keys at its path; null: all of it. */
function reportIssue(issue: Issue, report: Report): ReadonlySet<string> | null {
  const path = issue.path as Path;
  if (issue.code !== 'unrecognized_keys') {
    report(path, isRequiredCode(issue.message) ? issue.message : 'value-invalid');
    return null;
  }
  for (const key of issue.keys.slice(0, mostUnknown)) {
    report([...path, key], 'key-unknown', { hint: hintAt(key, issue.message.split(', ')) });
  }
  return new Set(issue.keys);
}

function hintAt(key: string, known: readonly string[]): LocalText {
  const meant = closest(key, known);
  return meant === null
    ? { en: `allowed: ${known.join(', ')}`, zh: `可用的键：${known.join('、')}` }
    : didYouMean(meant);
}

/**
 * The issues of the union variant that was meant: the one whose outermost type matches. If none matches, the union's
 * own message lists what is allowed.
 */
function leaves(issue: Issue, above: Path): Issue[] {
  const path = [...above, ...(issue.path as Path)];
  const here = { ...issue, path } as Issue;
  if (issue.code !== 'invalid_union') return [here];
  const variant = issue.errors.find((issues) =>
    issues.every((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
  );
  return variant === undefined || variant.length === 0 ? [here] : variant.flatMap((inner) => leaves(inner, path));
}

/** A key without a value counts as absent; a label's is empty, and below `components`, null is passed through. */
function withoutNulls(value: unknown, path: Path = [], isKept = false): unknown {
  if (path.at(-1) === 'components') return value;
  if (Array.isArray(value)) return value.map((item, index) => withoutNulls(item, [...path, index], isKept));
  if (typeof value !== 'object' || value === null) return value;
  const isOfLabels = path[0] === 'hosts' && path[2] === 'labels';
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null || isOfLabels || isKept)
      .map(([key, item]) => [
        key,
        item === null ? (isOfLabels ? '' : undefined) : withoutNulls(item, [...path, key], isKept),
      ]),
  );
}

/** A copy without these keys of the value at a path, or without the value (null); lists keep their indexes. */
function without(value: unknown, [head, ...tail]: Path, keys: ReadonlySet<string> | null): unknown {
  if (head === undefined && keys === null) return undefined;
  if (Array.isArray(value)) return value.map((item, index) => (index === head ? without(item, tail, keys) : item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (head === undefined) return Object.fromEntries(entries.filter(([key]) => keys?.has(key) !== true));
  return Object.fromEntries(
    entries.map(([key, item]) => [key, key === String(head) ? without(item, tail, keys) : item]),
  );
}
