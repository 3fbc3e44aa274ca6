import type { StatusPage } from '../../../shared/protocol/status.ts';
import type { OperatorClient } from '../client.ts';
import type { Selection } from '../status-pages.ts';
import { untilInterrupted } from '../terminal/interrupt.ts';
import type { Io } from '../terminal/io.ts';
import { createPaint } from '../terminal/paint.ts';
import { patient } from '../terminal/patient.ts';
import { createProgress } from '../terminal/progress.ts';
import { createScreen } from '../terminal/screen.ts';
import { overview } from './overview.ts';
import { pause } from './pause.ts';
import { readSelected, usualLimit } from './selection.ts';

/** Shows the status until Ctrl-C: redrawn in place on a terminal, otherwise one line per change. */
export async function watch(client: OperatorClient, io: Io, selection: Selection): Promise<void> {
  const signal = untilInterrupted();
  const show = io.stdout.isTTY === true && io.env.TERM !== 'dumb' ? inPlace(io, selection) : onChange(io);
  const ask = patient(() => readSelected(client.status, { limit: usualLimit, ...selection }), io.language);
  try {
    while (!signal.aborted) {
      show.update(await ask());
      await pause(1000, signal);
    }
  } finally {
    show.end();
  }
}

interface Display {
  /** A string: the error message instead of a status. */
  update(answer: StatusPage | string): void;
  end(): void;
}

function inPlace(io: Io, selection: Selection): Display {
  const screen = createScreen(io);
  const paint = createPaint(io.stdout, io.env);
  let last: string[] = [];
  return {
    update(answer) {
      if (typeof answer !== 'string')
        last = overview(answer, { paint, language: io.language, columns: io.stdout.columns, selection });
      screen.draw(typeof answer === 'string' ? [paint.tone('bad', answer), ...last] : last);
    },
    end: screen.end,
  };
}

function onChange(io: Io): Display {
  const progress = createProgress(io.language);
  return {
    update: (answer) => {
      for (const line of progress(answer)) io.stdout.write(`${line}\n`);
    },
    end: () => undefined,
  };
}
