import { isDeepStrictEqual } from 'node:util';
import type { Report } from '../../shared/protocol/report.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { createLatch } from '../loop/latch.ts';
import type { Client } from './client.ts';
import { createOutputQueue } from './output-queue.ts';
import type { Retrier } from './retry.ts';

/** Combines changes that occur together, in ms. */
const stateDelay = 100;
/** How long output is collected before it is sent, in ms. */
const outputDelay = 500;

export type ReportedState = Pick<Report, 'facts' | 'findings' | 'steps' | 'node' | 'cluster' | 'diagnosis' | 'update'>;

const entriesOf = (state: ReportedState) => Object.entries(state) as [keyof ReportedState, unknown][];

interface Means {
  client: Pick<Client, 'report'>;
  host: Pick<Host, 'now' | 'sleep'>;
  untilDone: Retrier;
  identity: Pick<Report, 'host' | 'bootId' | 'agentVersion'>;
  /** Called when the coordinator has accepted a report. */
  onAcknowledged?(): void;
}

export interface Reporter {
  /** Replaces state reported earlier; unchanged state is not sent again. */
  tell(state: ReportedState): void;
  /** Sends all state again: the active coordinator may lack what was acknowledged. */
  repeat(): void;
  /** Queues one line of a step's output; the caller has redacted secrets. */
  say(step: string, line: LocalText): void;
  /** Sends reports until the signal fires. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Sends reports one at a time. While the coordinator is unreachable, keeps the newest state and a bounded amount of
 * output. Invariant: `sent` holds only acknowledged state.
 */
export function createReporter({ client, host, untilDone, identity, onAcknowledged }: Means): Reporter {
  const latest: ReportedState = {};
  const sent: ReportedState = {};
  /** Forgotten since the report under way was composed: its answer does not count for these. */
  const forgotten = new Set<keyof ReportedState>();
  const output = createOutputQueue();
  const something = createLatch();
  const urgent = createLatch();

  const changes = (): ReportedState =>
    Object.fromEntries(entriesOf(latest).filter(([name, value]) => !isDeepStrictEqual(value, sent[name])));

  function forget(name: keyof ReportedState): void {
    delete sent[name];
    forgotten.add(name);
  }

  async function send(): Promise<void> {
    const state = changes();
    forgotten.clear();
    const lines = output.batch();
    if (Object.keys(state).length === 0 && lines.length === 0) return;
    const report: Report = { ...identity, sentAt: host.now().toISOString(), ...state };
    await client.report(lines.length === 0 ? report : { ...report, output: lines });
    onAcknowledged?.();
    Object.assign(sent, Object.fromEntries(entriesOf(state).filter(([name]) => !forgotten.has(name))));
    output.confirm();
    if (!output.isEmpty()) something.set();
    // A full batch is sent without delay.
    if (output.isFull()) urgent.set();
  }

  return {
    tell(state) {
      const changed = entriesOf(state).filter(([name, value]) => !isDeepStrictEqual(value, latest[name]));
      Object.assign(latest, state);
      if (changed.length === 0) return;
      // Sent also if it is as before by then: the coordinator may have forgotten it to have it tried again.
      for (const [name] of changed) forget(name);
      urgent.set();
      something.set();
    },
    repeat() {
      for (const [name] of entriesOf(latest)) forget(name);
      something.set();
    },
    say(step, { en, zh }) {
      output.add({ at: host.now().toISOString(), step, text: en, ...(zh === en ? {} : { zh }) });
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
      // Last attempt to send pending state before the agent exits.
      await send().catch(() => undefined);
    },
  };
}
