import { expect, test } from 'vitest';
import { z } from 'zod';
import { validate } from '../../../../coordinator/api/http/validate.ts';
import { MusterError } from '../../../../shared/errors/errors.ts';

const schema = z.object({
  host: z.string(),
  ports: z.array(z.number()),
  more: z.object({ a: z.string(), b: z.string() }),
});

test('returns the validated value without fields that the schema does not name', () => {
  const value = { host: 'node01', ports: [1], more: { a: '', b: '' } };
  expect(validate(schema, { ...value, extra: true })).toEqual(value);
});

test('names the first invalid places by their paths', () => {
  const wrong = () => validate(schema, { ports: [1, 'two'], more: {} });
  expect(wrong).toThrow(MusterError);
  expect(wrong).toThrow(expect.objectContaining({ status: 422 }));
  expect(wrong).toThrow(/host.*ports\[1\].*more\.a/s);
});
