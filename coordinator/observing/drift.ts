import type { StepResult } from '../../shared/protocol/report.ts';
import { definitionOf } from '../../shared/steps/catalogue.ts';
import type { LocalText } from '../../shared/text/local-text.ts';

interface DriftEvent {
  kind: 'drift-corrected' | 'drift-found';
  message: LocalText;
}

/** What is told to people of the drifts in a report that were not in the one before, which is read only where there is one at all. */
export function driftEvents(
  readBefore: () => readonly StepResult[],
  reported: readonly StepResult[] = [],
): DriftEvent[] {
  const before = reported.some(({ drift }) => drift !== undefined) ? readBefore() : [];
  return reported.flatMap(({ id, drift }): DriftEvent[] => {
    if (drift === undefined || before.find((step) => step.id === id)?.drift?.at === drift.at) return [];
    const en = `${definitionOf[id].title.en}: ${drift.seen}`;
    const zh = `${definitionOf[id].title.zh}：${drift.seenZh ?? drift.seen}`;
    return drift.corrected
      ? [{ kind: 'drift-corrected', message: { en: `drifted and put right: ${en}`, zh: `已偏移并已修正：${zh}` } }]
      : [
          {
            kind: 'drift-found',
            message: { en: `drifted, and left so as the plan says: ${en}`, zh: `已偏移，按计划未处理：${zh}` },
          },
        ];
  });
}
