import { MusterError } from '../../../shared/errors/errors.ts';
import type { Phase, Status } from '../../../shared/protocol/status.ts';
import { openFindings } from '../../../shared/status/host.ts';
import type { LocalText } from '../../../shared/text/local-text.ts';
import type { OperatorClient } from '../client.ts';
import { untilInterrupted } from '../terminal/interrupt.ts';
import type { Io } from '../terminal/io.ts';
import { patient } from '../terminal/patient.ts';
import { createProgress } from '../terminal/progress.ts';
import { pause } from './pause.ts';

/**
 * Prints each change and returns when every planned host is Ready. Throws MusterError if the operator must act
 * (`blocked`, `paused`, `cloned`; exit 1) and after `timeout` seconds (exit 75).
 */
export async function waitUntilReady(client: OperatorClient, io: Io, timeout: number): Promise<void> {
  const signal = untilInterrupted();
  const deadline = performance.now() + timeout * 1000;
  const ask = patient(client, io.language);
  const progress = createProgress(io.language);
  while (!signal.aborted) {
    const answer = await ask();
    for (const line of progress(answer)) io.stdout.write(`${line}\n`);
    if (typeof answer !== 'string') {
      if (answer.hosts.every(({ phase }) => isArrived(phase))) return;
      refuseBlocked(answer);
    }
    if (performance.now() >= deadline) throw late(answer, timeout);
    await pause(500, signal);
  }
  throw new MusterError('interrupted');
}

/** Retired hosts are not waited for. */
const isArrived = (phase: Phase) => phase === 'ready' || phase === 'retired';

/** Phases that only the operator can end. */
const needsPerson = new Set<Phase>(['blocked', 'paused', 'cloned']);

function refuseBlocked({ hosts }: Status): void {
  const host = hosts.find(({ phase }) => needsPerson.has(phase));
  if (host === undefined) return;
  const [worst] = openFindings(host);
  const fix = host.remedy.en === '' ? (worst?.command ?? '') || (worst?.remedy ?? '') : host.remedy;
  throw new MusterError('host-blocked', { host: host.name, summary: host.summary, fix });
}

function late(answer: Status | string, timeout: number): MusterError {
  return new MusterError('timed-out', {
    seen: typeof answer === 'string' ? answer : notReady(answer),
    seconds: timeout,
  });
}

function notReady({ hosts }: Status): LocalText {
  const missing = hosts.filter(({ phase }) => !isArrived(phase)).map(({ name }) => name);
  return { en: `${missing.join(', ')} not Ready`, zh: `${missing.join('、')} 未就绪` };
}
