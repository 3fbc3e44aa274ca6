import type { z } from 'zod';
import { redactLine } from '../redact.ts';
import type { LocalText } from '../text/local-text.ts';
import { formats } from './formats.ts';

type Issue = z.core.$ZodIssue;

const shown = 3;
const maxSeen = 80;

/**
 * Describes the first three validation issues with the required value. `judged`: the validated value, to show what was
 * observed; omit it if it may be secret.
 */
export function issuesText(issues: readonly Issue[], judged?: { value: unknown }): LocalText {
  const places = issues.slice(0, shown).map((issue) => issueText(issue, judged));
  const left = issues.length - places.length;
  return {
    en: `${places.map(({ en }) => en).join('; ')}${left > 0 ? ` (and ${left} more)` : ''}`,
    zh: `${places.map(({ zh }) => zh).join('；')}${left > 0 ? `（另有 ${left} 处）` : ''}`,
  };
}

function issueText(issue: Issue, judged?: { value: unknown }): LocalText {
  const path = formatPath(issue.path);
  const { en, zh } = neededBy(issue);
  const seen = judged && describe(valueAt(judged.value, issue.path));
  return {
    en: `${path === '' ? '' : `${path}: `}${seen ? `read ${seen.en}; ` : ''}required: ${en}`,
    zh: `${path === '' ? '' : `${path}：`}${seen ? `读到 ${seen.zh}；` : ''}要求：${zh}`,
  };
}

const types: Readonly<Record<string, LocalText>> = {
  string: { en: 'a string', zh: '字符串' },
  number: { en: 'a number', zh: '数字' },
  int: { en: 'an integer', zh: '整数' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
  object: { en: 'an object', zh: '对象' },
  record: { en: 'an object', zh: '对象' },
  array: { en: 'a list', zh: '列表' },
  null: { en: 'null', zh: 'null' },
};

const other: LocalText = { en: 'another value', zh: '其他值' };

function neededBy(issue: Issue): LocalText {
  switch (issue.code) {
    case 'invalid_type':
      return types[issue.expected] ?? other;
    case 'invalid_value':
      return { en: issue.values.join(', '), zh: issue.values.join('、') };
    case 'too_small':
      return limit(issue.origin, issue.minimum, { en: 'at least', zh: '至少' });
    case 'too_big':
      return limit(issue.origin, issue.maximum, { en: 'at most', zh: '至多' });
    case 'unrecognized_keys':
      return { en: `no key ${issue.keys.join(', ')}`, zh: `不含键 ${issue.keys.join('、')}` };
    case 'invalid_format':
      return formats[issue.message] ?? formats[issue.format] ?? other;
    default:
      return other;
  }
}

function limit(origin: string, bound: number | bigint, { en, zh }: LocalText): LocalText {
  if (origin === 'string') return { en: `${en} ${bound} characters`, zh: `${zh} ${bound} 个字符` };
  if (origin === 'array') return { en: `${en} ${bound} entries`, zh: `${zh} ${bound} 项` };
  return { en: `${en} ${bound}`, zh: `${zh} ${bound}` };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
}

function describe(value: unknown): LocalText {
  if (value === undefined) return { en: 'nothing', zh: '空' };
  if (Array.isArray(value)) return { en: 'a list', zh: '列表' };
  if (typeof value === 'object' && value !== null) return { en: 'an object', zh: '对象' };
  const text = redactLine(JSON.stringify(value));
  const cut = text.length > maxSeen ? `${text.slice(0, maxSeen)}…` : text;
  return { en: cut, zh: cut };
}

/** Formats a path as `hosts[1].address`; '' for the root. */
function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
