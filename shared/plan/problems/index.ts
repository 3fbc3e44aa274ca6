import type { ParamsOf } from '../../errors/definition.ts';
import { fill, type Params } from '../../errors/fill.ts';
import type { LocalText } from '../../text/local-text.ts';
import { componentRules } from './components/index.ts';
import { fileProblems } from './file.ts';
import { isRequiredCode, type RequiredCode, required } from './required.ts';
import { rules } from './rules/index.ts';
import { warnings } from './warnings.ts';

type Statements = typeof rules & typeof componentRules & typeof warnings & typeof fileProblems;
const statements: Readonly<Record<string, { message: LocalText }>> = {
  ...rules,
  ...componentRules,
  ...warnings,
  ...fileProblems,
};

export type PlanProblemCode = RequiredCode | keyof Statements;
export const planProblemCodes = Object.keys({ ...required, ...statements }) as PlanProblemCode[];

type ParamsFor<C> = C extends keyof Statements ? Omit<ParamsOf<Statements[C]>, 'seen'> : Record<never, never>;
/** Parameters of a problem code; none if its text names none. `seen` is filled in from the file. */
export type Given<C> = keyof ParamsFor<C> extends never ? [] : [params: ParamsFor<C>];

/** Text of a problem in every language. `seen`: the value read; null: none. */
export function planProblemText(code: PlanProblemCode, params: Params, seen: LocalText | null): LocalText {
  if (!isRequiredCode(code)) {
    return fill(statements[code]?.message ?? code, { ...params, ...(seen === null ? {} : { seen }) });
  }
  const { en, zh } = required[code];
  if (seen === null) return { en: `missing; required: ${en}`, zh: `缺失；要求：${zh}` };
  const space = seen.en === seen.zh ? ' ' : '';
  return { en: `${seen.en} is invalid; required: ${en}`, zh: `${seen.zh}${space}无效；要求：${zh}` };
}
