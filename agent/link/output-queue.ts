import type { OutputLine } from '../../shared/protocol/report.ts';
import { withoutControls } from '../../shared/protocol/text.ts';

const longestLine = 2000;
const linesKept = 2000;
/** Bounds of one report: the coordinator takes 500 lines and a body of 1 MB. */
const linesPerBatch = 300;
const charactersPerBatch = 200_000;

export interface OutputQueue {
  add(line: OutputLine): void;
  isEmpty(): boolean;
  /** There is enough for a whole report. */
  isFull(): boolean;
  /** The oldest lines, as many as one report takes. They stay until they are confirmed. */
  batch(): OutputLine[];
  /** The batch that was taken last has arrived. */
  confirm(): void;
}

/** Output lines on their way; when nobody takes them, the oldest are lost and the loss is said. */
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
