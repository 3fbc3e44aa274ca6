import { stripVTControlCharacters } from 'node:util';
import type { Output } from './io.ts';

const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
const clearBelow = '\x1b[J';
/** Characters that take two columns. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/gu;

export interface Screen {
  draw(lines: readonly string[]): void;
  /** Gives the cursor back, below what was drawn. */
  end(): void;
}

/** A block of lines that is drawn over itself, cut to the terminal's height: what has scrolled away can't be drawn over. */
export function createScreen(output: Output): Screen {
  let drawn: readonly string[] = [];
  output.write(hideCursor);

  return {
    draw(lines) {
      // Counted anew with today's width, because a terminal that was resized has wrapped the old lines anew.
      const up = drawn.reduce((rows, line) => rows + rowsOf(line, output), 0);
      drawn = cutToHeight(lines, output);
      output.write(`${up === 0 ? '' : `\x1b[${up}A`}\r${clearBelow}${drawn.map((line) => `${line}\n`).join('')}`);
    },
    end() {
      output.write(showCursor);
    },
  };
}

/** A serial console says that it has 0 columns and 0 rows: it does not know. */
function rowsOf(line: string, { columns }: Output): number {
  const text = stripVTControlCharacters(line);
  const width = [...text].length + (text.match(wide)?.length ?? 0);
  return Math.max(1, Math.ceil(width / (columns || 80)));
}

function cutToHeight(lines: readonly string[], output: Output): string[] {
  // The cursor stands on the row below the last line.
  let room = (output.rows || 24) - 1;
  const rows = lines.map((line) => rowsOf(line, output));
  if (rows.reduce((sum, count) => sum + count, 0) <= room) return [...lines];
  room -= 1;
  const cut = rows.findIndex((count) => {
    room -= count;
    return room < 0;
  });
  return [...lines.slice(0, cut), `… ${lines.length - cut} more lines: make the window taller, or see muster status`];
}
