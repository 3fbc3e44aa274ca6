import { z } from 'zod';
import { boundedRecord } from './bounded-record.ts';
import { hostText } from './text.ts';

const value = hostText(256).transform((text) => text.replace(/\s+/g, ' '));

/** Values for the placeholders of a catalogue's texts (shared/text/values.ts); untrusted. */
export const valuesSchema = boundedRecord(
  z.string().regex(/^\w{1,32}$/, 'value-name'),
  z.union([value, z.array(value).max(32).readonly()]),
  16,
).readonly();
