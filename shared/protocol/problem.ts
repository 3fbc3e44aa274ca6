import { z } from 'zod';
import { catalogue } from '../errors/catalogue/index.ts';
import { verbatim } from '../text/local-text.ts';
import { wireText } from './operation.ts';
import { hostText } from './text.ts';

/** A text in every language; one that came as a plain string is the same in all. */
const text = z.union([wireText, hostText(2048).transform(verbatim)]);
const param = z.union([z.string(), z.number(), wireText, z.array(z.string())]);

/** Why something was refused: the code of the error catalogue, its parameters, and what they say together (see errors/errors.ts). */
export const problemSchema = z.object({
  code: hostText(64).meta({ 'x-extensible-enum': Object.keys(catalogue) }),
  params: z.record(z.string(), param).default({}),
  message: text,
  remedy: text.optional(),
});
