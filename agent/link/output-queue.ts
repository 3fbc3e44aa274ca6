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
      const zh = line.zh === undefined ? {} : { zh: plain(line.zh) };
      lines.push({ ...line, text: plain(line.text), ...zh });
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
        characters += line.text.length + (line.zh?.length ?? 0);
        if (characters > charactersPerBatch) break;
        batch.push(line);
      }
      taken = batch.length;
      lossTold = lost;
      const first = batch[0];
      if (lost === 0 || first === undefined) return batch;
      const en = `… ${lost} lines were dropped while the coordinator was unreachable`;
      const zh = `… 协调器不可达期间丢弃了 ${lost} 行`;
      return [{ ...first, text: en, zh }, ...batch];
    },
    confirm() {
      lines.splice(0, taken);
      lost -= lossTold;
      taken = 0;
      lossTold = 0;
    },
  };
}

function plain(text: string): string {
  const clean = withoutControls(text);
  return clean.length > longestLine ? `${clean.slice(0, longestLine - 1)}…` : clean;
}
