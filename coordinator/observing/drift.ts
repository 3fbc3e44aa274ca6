import type { StepResult } from '../../shared/protocol/report.ts';
import { definitionOf } from '../../shared/steps/catalogue.ts';
import type { LocalText } from '../../shared/text/local-text.ts';

interface DriftEvent {
  kind: 'drift-corrected' | 'drift-found';
  message: LocalText;
}

/** Events for drift that the previous report did not have. `readBefore` is only called if there is drift. */
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
      ? [{ kind: 'drift-corrected', message: { en: `drift corrected: ${en}`, zh: `漂移已纠正：${zh}` } }]
      : [
          {
            kind: 'drift-found',
            message: { en: `drift found, not corrected (by plan): ${en}`, zh: `发现漂移，未纠正（按计划）：${zh}` },
          },
        ];
  });
}
