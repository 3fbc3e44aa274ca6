import { setTimeout as sleep } from 'node:timers/promises';
import { cluster } from '../../coordinator/support.ts';
import { type AgentEvents, simulateAgent } from './agent.ts';
import type { FleetCommand, FleetOptions, Tally } from './protocol.ts';
import { createRandom } from './random.ts';

/** The agents of a whole fleet in one process, controlled by messages; see protocol.ts. */
const everReported = new Set<string>();
const everEnrolled = new Set<string>();
const acknowledged: Record<string, number> = {};
let gaveUp = 0;
let joined = 0;
const reasons: string[] = [];
let answered = new Set<string>();
let tally = newTally();
const agents = new Map<string, ReturnType<typeof simulateAgent>>();

/** Pending while no agent reports at intervals. */
let quiet: PromiseWithResolvers<void> | null = null;
const pace = { isQuiet: () => quiet !== null, quietEnded: async () => quiet?.promise };

function newTally(): Pick<
  Tally,
  'reportMs' | 'targets' | 'targetBytes' | 'failures' | 'firstReportAt' | 'lastReportAt' | 'lastFirstAnswerAt'
> {
  return {
    ...{ reportMs: [], targets: [], targetBytes: 0, failures: {} },
    ...{ firstReportAt: null, lastReportAt: null, lastFirstAnswerAt: null },
  };
}

function eventsOf(name: string): AgentEvents {
  return {
    enrolled: () => void everEnrolled.add(name),
    gaveUp(reason) {
      gaveUp += 1;
      if (reasons.length < 5) reasons.push(`${name}: ${reason}`);
    },
    failed(reason) {
      tally.failures[reason] = (tally.failures[reason] ?? 0) + 1;
    },
    answered() {
      if (answered.has(name)) return;
      answered.add(name);
      tally.lastFirstAnswerAt = Date.now();
    },
    target(bytes) {
      tally.targets.push({ host: name, at: Date.now() });
      tally.targetBytes += bytes;
    },
    acknowledged(seq, ms) {
      acknowledged[name] = Math.max(acknowledged[name] ?? 0, seq);
      tally.reportMs.push(ms);
      if (everReported.has(name)) return;
      everReported.add(name);
      tally.firstReportAt ??= Date.now();
      tally.lastReportAt = Date.now();
    },
  };
}

async function start(options: FleetOptions): Promise<void> {
  const random = createRandom(options.seed);
  for (const host of options.hosts) {
    const agent = simulateAgent(host, options, random, { ...eventsOf(host.name), ...pace });
    agents.set(host.name, agent);
    void sleep(random() * options.withinMs).then(agent.run);
  }
}

function join(count: number): void {
  for (const agent of [...agents.values()].slice(-count)) void agent.join().then(() => (joined += 1));
}

function setQuiet(isQuiet: boolean): void {
  if (isQuiet) quiet = Promise.withResolvers();
  else {
    quiet?.resolve();
    quiet = null;
  }
}

process.on('message', async (command: FleetCommand) => {
  if (command.do === 'start') await start(command.options);
  else if (command.do === 'join') join(command.count);
  else if (command.do === 'be-quiet') setQuiet(command.isQuiet);
  else if (command.do === 'found-cluster') await agents.get('master01')?.foundCluster(cluster(command.caPem));
  const counted = {
    gaveUp,
    reasons,
    enrolled: everEnrolled.size,
    reported: everReported.size,
    answeredHosts: [...answered],
    joined,
  };
  const reply: Tally = { ...tally, ...counted, acknowledged };
  if (command.do === 'tally') {
    tally = newTally();
    answered = new Set();
  }
  process.send?.(reply);
});
