import { definitionOf, type StepId } from '../steps/catalogue.ts';
import type { LocalText } from '../text/local-text.ts';

/** What a host does in this step, following "node02 is". */
export function activity(step: StepId): LocalText {
  const { en, zh } = definitionOf[step].activity;
  return { en, zh: `正在${zh}` };
}

/** Text for a failed step; mentions `attempts` if more than one. */
export function failure(step: StepId, attempts: number): LocalText {
  const { en, zh } = definitionOf[step].activity;
  return attempts > 1
    ? { en: `${en} failed (${attempts} times)`, zh: `${zh}失败（${attempts} 次）` }
    : { en: `${en} failed`, zh: `${zh}失败` };
}
