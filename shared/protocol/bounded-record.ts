import { z } from 'zod';

/**
 * A record of at most `most` entries, which are counted before the first is validated: each takes microseconds, and a
 * body of 1 MB has a hundred thousand.
 */
export const boundedRecord = <Value extends z.ZodType>(key: z.ZodType<string>, value: Value, most: number) =>
  z.preprocess(
    (input, { issues }) => {
      if (typeof input !== 'object' || input === null || Object.keys(input).length <= most) return input;
      issues.push({ code: 'too_big', origin: 'object', maximum: most, inclusive: true, input: {} });
      return z.NEVER;
    },
    z.record(key, value),
  );
