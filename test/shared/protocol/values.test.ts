import { expect, it } from 'vitest';
import { valuesSchema } from '../../../shared/protocol/values.ts';

it('limits values on the wire and keeps them on one line without control characters', () => {
  expect(valuesSchema.parse({ a: 'x\n\x1b[31my', b: ['z'] })).toEqual({ a: 'x y', b: ['z'] });
  expect(valuesSchema.parse({ a: 'x'.repeat(5000) }).a).toHaveLength(256);
  expect(valuesSchema.safeParse({ 'a b': '' }).success).toBe(false);
  expect(valuesSchema.safeParse({ a: Array(100).fill('x') }).success).toBe(false);
});
