import { z } from 'zod';
import { catalogue } from '../errors/catalogue/index.ts';
import { anyText, hostText, wireText } from './text.ts';

const param = z.union([z.string(), z.number(), wireText, z.array(z.string())]);

/** A refusal: error code, parameters and texts (see errors/errors.ts). */
export const problemSchema = z.object({
  code: hostText(64).meta({ 'x-extensible-enum': Object.keys(catalogue) }),
  params: z.record(z.string(), param).default({}),
  message: anyText,
  remedy: anyText.optional(),
});
