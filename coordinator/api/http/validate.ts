import type { z } from 'zod';
import { MusterError } from '../../../shared/errors/errors.ts';
import { issuesText } from '../../../shared/errors/issues.ts';

/** The validated value. Throws 422 `invalid`, naming the first three places that are wrong. */
export function validate<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // What was sent may be secret, so it is not repeated.
  throw new MusterError('invalid', { problems: issuesText(result.error.issues) });
}
