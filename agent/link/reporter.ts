import { isDeepStrictEqual } from 'node:util';
import type { Report } from '../../shared/protocol/report.ts';
import type { Host } from '../host/host.ts';
import { createLatch } from '../loop/latch.ts';
import type { Client } from './client.ts';
import { createOutputQueue } from './output-queue.ts';
import type { Retrier } from './retry.ts';

/** Changes of one moment go together; in ms. */
const stateDelay = 100;
/** How long output waits for more of it, in ms. */
const outputDelay = 500;

export type ReportedState = Pick<Report, 'facts' | 'findings' | 'steps' | 'node' | 'cluster' | 'diagnosis' | 'update'>;

interface Means {
  client: Pick<Client, 'report'>;
  host: Pick<Host, 'now' | 'sleep'>;
  untilDone: Retrier;
  identity: Pick<Report, 'host' | 'bootId' | 'agentVersion'>;
  /** The coordinator has taken a report. */
  onAcknowledged?(): void;
}

export interface Reporter {
  /** State that replaces what was reported before; what did not change is not sent again. */
  tell(state: ReportedState): void;
  /** One line of a step's output; the caller has taken secrets out. */
  say(step: string, text: string): void;
  /** Sends until the signal fires. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Sends reports, one at a time. While the coordinator can't be reached the newest state is kept and a bounded amount of output.
 * Invariant: `sent` holds only what the coordinator has acknowledged.
 */
export function createReporter({ client, host, untilDone, identity, onAcknowledged }: Means): Reporter {
  const latest: ReportedState = {};
  const sent: ReportedState = {};
  const output = createOutputQueue();
  const something = createLatch();
  const urgent = createLatch();

  const changes = (): ReportedState =>
    Object.fromEntries(
      Object.entries(latest).filter(([name, value]) => !isDeepStrictEqual(value, sent[name as keyof ReportedState])),
    );

  async function send(): Promise<void> {
    const state = changes();
    const lines = output.batch();
    if (Object.keys(state).length === 0 && lines.length === 0) return;
    const report: Report = { ...identity, sentAt: host.now().toISOString(), ...state };
    await client.report(lines.length === 0 ? report : { ...report, output: lines });
    onAcknowledged?.();
    Object.assign(sent, state);
    output.confirm();
    if (!output.isEmpty()) something.set();
    // A full batch has waited long enough.
    if (output.isFull()) urgent.set();
  }

  return {
    tell(state) {
      Object.assign(latest, state);
      if (Object.keys(changes()).length === 0) return;
      urgent.set();
      something.set();
    },
    say(step, text) {
      output.add({ at: host.now().toISOString(), step, text });
      something.set();
    },
    async run(signal) {
      const release = () => {
        something.set();
        urgent.set();
      };
      signal.addEventListener('abort', release, { once: true });
      while (!signal.aborted) {
        await something.wait();
        if (!urgent.isSet()) await Promise.race([host.sleep(outputDelay, signal), urgent.wait()]);
        await host.sleep(stateDelay, signal);
        something.reset();
        urgent.reset();
        await untilDone('report', send, signal).catch((error: unknown) => {
          if (!signal.aborted) throw error;
        });
      }
      // What is known when the agent ends should not be lost: one last try.
      await send().catch(() => undefined);
    },
  };
}
