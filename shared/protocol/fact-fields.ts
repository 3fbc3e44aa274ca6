import { z } from 'zod';
import { hostText } from './text.ts';

/** Fields of facts: null: could not be determined, or not reported by an older agent. */
export const maybe = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);
export const maybeList = <T extends z.ZodType>(item: T, max = 64) => maybe(z.array(item).max(max));
export const short = hostText(256);
export const flag = maybe(z.boolean());
export const number = maybe(z.number());
