import type { StepId } from '../../shared/steps/catalogue.ts';

const linesKept = 200;

/** Keeps the last lines of output of each step, with timestamps. */
export function createOutputs(now: () => Date) {
  const outputs = new Map<StepId, { at: number; line: string }[]>();
  return {
    add(step: StepId, line: string): void {
      const lines = outputs.get(step) ?? [];
      lines.push({ at: now().getTime(), line });
      lines.splice(0, lines.length - linesKept);
      outputs.set(step, lines);
    },
    /** `since` in ms since the epoch. */
    of: (step: StepId, since = 0): string[] =>
      (outputs.get(step) ?? []).filter(({ at }) => at >= since).map(({ line }) => line),
    forget: (step: StepId): void => void outputs.delete(step),
  };
}
