import type { OutputLine } from '../../shared/protocol/report.ts';
import { withoutControls } from '../../shared/protocol/text.ts';

const longestLine = 2000;
const linesKept = 2000;
/** Limits of one report; the coordinator accepts 500 lines and a body of 1 MB. */
const linesPerBatch = 300;
const charactersPerBatch = 200_000;

export interface OutputQueue {
  add(line: OutputLine): void;
  isEmpty(): boolean;
  /** Enough lines for a whole report. */
  isFull(): boolean;
  /** The oldest lines, as many as fit in one report. They stay queued until confirmed. */
  batch(): OutputLine[];
  /** Removes the lines of the last batch. */
  confirm(): void;
}

/** Output lines to be sent. When the queue is full, the oldest lines are dropped and the loss is reported. */
export function createOutputQueue(): OutputQueue {
  const lines: OutputLine[] = [];
  let lost = 0;
  let taken = 0;
  let lossTold = 0;

  return {
    add(line) {
      const text = withoutControls(line.text);
      lines.push({ ...line, text: text.length > longestLine ? `${text.slice(0, longestLine - 1)}…` : text });
      if (lines.length <= linesKept) return;
      lines.shift();
      if (taken > 0) taken -= 1;
      else lost += 1;
    },
    isEmpty: () => lines.length === 0,
    isFull: () => lines.length >= linesPerBatch,
    batch() {
      let characters = 0;
      const batch: OutputLine[] = [];
      for (const line of lines.slice(0, linesPerBatch)) {
        characters += line.text.length;
        if (characters > charactersPerBatch) break;
        batch.push(line);
      }
      taken = batch.length;
      lossTold = lost;
      const first = batch[0];
      if (lost === 0 || first === undefined) return batch;
      return [{ ...first, text: `… ${lost} lines were lost while the coordinator was unreachable` }, ...batch];
    },
    confirm() {
      lines.splice(0, taken);
      lost -= lossTold;
      taken = 0;
      lossTold = 0;
    },
  };
}
