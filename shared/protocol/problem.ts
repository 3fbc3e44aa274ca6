import { z } from 'zod';
import { catalogue } from '../errors/catalogue/index.ts';
import { anyText, hostText, wireText } from './text.ts';

const param = z.union([z.string(), z.number(), wireText, z.array(z.string())]);

/** Why something was refused: the code of the error catalogue, its parameters, and what they say together (see errors/errors.ts). */
export const problemSchema = z.object({
  code: hostText(64).meta({ 'x-extensible-enum': Object.keys(catalogue) }),
  params: z.record(z.string(), param).default({}),
  message: anyText,
  remedy: anyText.optional(),
});
