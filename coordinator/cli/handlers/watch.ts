import type { Status } from '../../../shared/protocol/status.ts';
import type { OperatorClient } from '../client.ts';
import { untilInterrupted } from '../terminal/interrupt.ts';
import type { Io } from '../terminal/io.ts';
import { createPaint } from '../terminal/paint.ts';
import { patient } from '../terminal/patient.ts';
import { createProgress } from '../terminal/progress.ts';
import { createScreen } from '../terminal/screen.ts';
import { overview } from './overview.ts';
import { pause } from './pause.ts';

/** Shows the status until Ctrl-C: redrawn in place on a terminal, otherwise one line per change. */
export async function watch(client: OperatorClient, io: Io): Promise<void> {
  const signal = untilInterrupted();
  const show = io.stdout.isTTY === true && io.env.TERM !== 'dumb' ? inPlace(io) : onChange(io);
  const ask = patient(client, io.language);
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
  update(answer: Status | string): void;
  end(): void;
}

function inPlace(io: Io): Display {
  const screen = createScreen(io);
  const paint = createPaint(io.stdout, io.env);
  let last: string[] = [];
  return {
    update(answer) {
      if (typeof answer !== 'string')
        last = overview(answer, { paint, language: io.language, columns: io.stdout.columns });
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
