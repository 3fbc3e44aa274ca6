import type { z } from 'zod';
import { MusterError } from '../../../shared/errors/errors.ts';
import { issuesText } from '../../../shared/errors/issues.ts';

/** Returns the parsed value. Throws MusterError 422 `invalid` with the first three issues. */
export function validate<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // The input may contain secrets, so the message does not repeat it.
  throw new MusterError('invalid', { problems: issuesText(result.error.issues) });
}
