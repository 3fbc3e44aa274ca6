import { MusterError } from '../../../shared/errors/errors.ts';
import type { Phase, StatusPage } from '../../../shared/protocol/status.ts';
import { openFindings } from '../../../shared/status/host.ts';
import { listText } from '../../../shared/text/list.ts';
import type { LocalText } from '../../../shared/text/local-text.ts';
import type { OperatorClient } from '../client.ts';
import { untilInterrupted } from '../terminal/interrupt.ts';
import type { Io } from '../terminal/io.ts';
import { patient } from '../terminal/patient.ts';
import { createProgress } from '../terminal/progress.ts';
import { pause } from './pause.ts';
import { readSelected, usualLimit } from './selection.ts';

/**
 * Prints each change and returns when every planned host is Ready. Throws MusterError if the operator must act
 * (`blocked`, `paused`, `cloned`; exit 1) and after `timeout` seconds (exit 75).
 */
export async function waitUntilReady(client: OperatorClient, io: Io, timeout: number): Promise<void> {
  const signal = untilInterrupted();
  const deadline = performance.now() + timeout * 1000;
  const ask = patient(() => readSelected(client.status, { limit: usualLimit }), io.language);
  const progress = createProgress(io.language);
  while (!signal.aborted) {
    const answer = await ask();
    for (const line of progress(answer)) io.stdout.write(`${line}\n`);
    if (typeof answer !== 'string') {
      if (missing(answer) === 0) return;
      await refuseBlocked(client, answer);
    }
    if (performance.now() >= deadline) throw late(answer, timeout);
    await pause(500, signal);
  }
  throw new MusterError('interrupted');
}

/** Retired hosts are not waited for. */
const isArrived = (phase: Phase) => phase === 'ready' || phase === 'retired';

const missing = ({ page: { total, phases } }: StatusPage) => total - (phases.ready ?? 0) - (phases.retired ?? 0);

/** Phases that only the operator can end. */
const needsPerson: readonly Phase[] = ['blocked', 'paused', 'cloned'];

async function refuseBlocked(client: OperatorClient, { page }: StatusPage): Promise<void> {
  const phase = needsPerson.find((one) => page.phases[one] !== undefined);
  if (phase === undefined) return;
  const [host] = (await client.status({ phase, limit: 1 })).hosts;
  if (host === undefined) return;
  const [worst] = openFindings(host);
  const fix = host.remedy.en === '' ? (worst?.command ?? '') || (worst?.remedy ?? '') : host.remedy;
  throw new MusterError('host-blocked', { host: host.name, summary: host.summary, fix });
}

function late(answer: StatusPage | string, timeout: number): MusterError {
  return new MusterError('timed-out', {
    seen: typeof answer === 'string' ? answer : notReady(answer),
    seconds: timeout,
  });
}

/** Names the hosts if all of them were read: the most urgent are read first. */
function notReady(answer: StatusPage): LocalText {
  const names = answer.hosts.filter(({ phase }) => !isArrived(phase)).map(({ name }) => name);
  const count = missing(answer);
  const { en, zh } = names.length === count ? listText(names) : { en: `${count} hosts`, zh: `${count} 台主机` };
  return { en: `${en} not Ready`, zh: `${zh} 未就绪` };
}
