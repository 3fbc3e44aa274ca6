import type { Io, Output } from './io.ts';
import { widthOf } from './width.ts';

const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
/** Synchronized output: supporting terminals draw the frame at once, others ignore the sequences. */
const beginFrame = '\x1b[?2026h';
const endFrame = '\x1b[?2026l';
const clearLine = '\x1b[K';
const clearBelow = '\x1b[J';

export interface Screen {
  draw(lines: readonly string[]): void;
  /** Shows the cursor again, below the block. */
  end(): void;
}

/**
 * A block of lines that is redrawn in place, cut to the terminal's height because scrolled lines cannot be redrawn.
 * Lines are overwritten without clearing, which would flicker.
 */
export function createScreen({ stdout, language }: Pick<Io, 'stdout' | 'language'>): Screen {
  let drawn: readonly string[] = [];
  let wanted: readonly string[] = [];
  stdout.write(hideCursor);
  stdout.on?.('resize', redraw);

  function redraw(): void {
    // Measured with the current width: a resized terminal has rewrapped the old lines.
    const up = drawn.reduce((rows, line) => rows + rowsOf(line, stdout), 0);
    drawn = cutToHeight(wanted, stdout, language);
    const block = drawn.map((line) => `${line}${clearLine}\n`).join('');
    stdout.write(`${beginFrame}${up === 0 ? '' : `\x1b[${up}A`}\r${block}${clearBelow}${endFrame}`);
  }

  return {
    draw(lines) {
      wanted = lines;
      redraw();
    },
    end() {
      stdout.off?.('resize', redraw);
      stdout.write(showCursor);
    },
  };
}

/** A serial console reports 0 columns and rows. */
function rowsOf(line: string, { columns }: Output): number {
  return Math.max(1, Math.ceil(widthOf(line) / (columns || 80)));
}

function cutToHeight(lines: readonly string[], output: Output, language: Io['language']): string[] {
  // The cursor is on the row below the last line.
  let room = (output.rows || 24) - 1;
  const rows = lines.map((line) => rowsOf(line, output));
  if (rows.reduce((sum, count) => sum + count, 0) <= room) return [...lines];
  room -= 1;
  const cut = rows.findIndex((count) => {
    room -= count;
    return room < 0;
  });
  const more = lines.length - cut;
  const note = {
    en: `… ${more} more lines; enlarge the window or run muster status`,
    zh: `… 还有 ${more} 行；请放大窗口或运行 muster status`,
  };
  return [...lines.slice(0, cut), note[language]];
}
