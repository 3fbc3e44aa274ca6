import type { z } from 'zod';
import { MusterError } from '../../../shared/errors/errors.ts';

/** The validated value. Throws 422 `invalid`, naming the first three places that are wrong. */
export function validate<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const shown = issues.slice(0, 3).map(({ path, message }) => `${formatPath(path)}: ${message}`);
  const more = issues.length > shown.length ? ` (and ${issues.length - shown.length} more)` : '';
  throw new MusterError('invalid', `${shown.join('; ')}${more}`, { status: 422 });
}

function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'body';
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
