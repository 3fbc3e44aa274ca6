import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { operatorRoutes } from '../../../shared/protocol/status.ts';
import { costOfWorker } from '../../coordinator/joining/worker-cost.ts';
import { send } from '../../coordinator/support.ts';
import { fleetPlan, workerAddress, workerName } from '../../web/fleet.ts';
import { type Child, startChild } from './children.ts';
import { failures, memory, seconds, share, stall } from './figures.ts';
import { firstBytes } from './first-bytes.ts';
import { idleConnectionBytes } from './idle.ts';
import type { FleetOptions, Measured, SimulatedHost, Tally } from './protocol.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const seed = 20261129;
/** All agents start within this time, in ms. */
const withinMs = 1000;
const reportEveryMs = 30_000;
const steadySeconds = 15;
const precedenceMs = 27_000;
/** Longer than a connection that carried a report stays open. */
const quietSeconds = 100;
/** Time limit of each phase, in seconds, so that the bench ends within 6 minutes. */
const phaseSeconds = 60;

interface Bench {
  folder: string;
  server: Child;
  agents: Child;
  port: number;
  caPem: string;
  hosts: SimulatedHost[];
}

/** Prints how the coordinator carries `count` agents that start within one second, against the goals for 5,000. */
export async function benchFleet(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-fleet-'));
  writeFileSync(join(folder, 'cluster.yaml'), fleetPlan(count - 1));
  const { child: server, first } = await startChild<Pick<Bench, 'port' | 'caPem'>>('server.ts', [folder, '0']);
  const { child: agents } = await startChild('agents.ts');
  const bench: Bench = { folder, server, agents, ...first, hosts: await tokens(folder, count) };
  try {
    say(`${count} agents, started within ${withinMs / 1000} s (seed ${seed})`);
    const empty = await together(bench);
    await steady(bench, empty);
    await quiet(bench, empty);
    await oneHost(bench);
    await allHosts(bench);
    await joins(bench);
    await page(bench);
    await crash(bench);
    await oneMoreWorker();
  } finally {
    await bench.agents.kill();
    await bench.server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tokens(folder: string, count: number): Promise<SimulatedHost[]> {
  const hosts: SimulatedHost[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = index === 0 ? 'master01' : workerName(index - 1);
    const target = { socketPath: join(folder, 'sock'), path: operatorRoutes.tokens };
    const { body } = await send(http, target, { body: { host: name } });
    const token = /muster-[\w-]+/.exec(body.command)?.[0] ?? '';
    const address = index === 0 ? '10.77.0.1' : workerAddress(index - 1);
    hosts.push({ name, address, role: index === 0 ? 'control-plane' : 'worker', token });
  }
  return hosts;
}

const measure = ({ server }: Bench) => server.ask<Measured>({ do: 'measure' });
const tallyOf = ({ agents }: Bench) => agents.ask<Tally>({ do: 'tally' });

/** Waits until `done`, at most for a phase; returns the seconds it took, and all that was tallied meanwhile. */
async function until(bench: Bench, done: (tally: Tally) => boolean, begun = Date.now()) {
  const all: Tally[] = [];
  for (;;) {
    const tally = await tallyOf(bench);
    all.push(tally);
    const isDone = done(tally);
    if (isDone || Date.now() - begun > phaseSeconds * 1000)
      return { seconds: (Date.now() - begun) / 1000, all, isDone };
    await sleep(200);
  }
}

/** Returns what the coordinator measured before. */
async function together(bench: Bench): Promise<Measured> {
  const { port, caPem, hosts } = bench;
  const options: FleetOptions = { port, caPem, withinMs, seed, reportEveryMs, hosts };
  const empty = await measure(bench);
  const begun = Date.now();
  await bench.agents.ask({ do: 'start', options });
  const { all } = await until(bench, ({ reported, gaveUp }) => reported + gaveUp >= hosts.length, begun);
  const last = all.at(-1);
  const server = await measure(bench);
  const lastReport = Math.max(...all.flatMap(({ lastReportAt }) => lastReportAt ?? []));
  say(`gave up                 ${last?.gaveUp} ${last?.reasons.join('; ')}`);
  say(
    `enrolled, reported      ${last?.enrolled}, ${last?.reported}; the last after ${seconds(lastReport - begun)} (goal 60 s)`,
  );
  say(`failed attempts         ${failures(all)}`);
  say(`coordinator             ${share(server)} % of a core, longest stall ${stall(server)} (goal 250 ms)`);
  say(`memory then             ${memory(bench.hosts.length, empty, server)}`);
  return empty;
}

async function steady(bench: Bench, empty: Measured): Promise<void> {
  // The first control plane's time alone ends meanwhile, which changes every target.
  await sleep(precedenceMs);
  await tallyOf(bench);
  say(`all hosts may install   longest stall ${stall(await measure(bench))} (goal 250 ms)`);
  await sleep(steadySeconds * 1000);
  const { reportMs } = await tallyOf(bench);
  const server = await measure(bench);
  const sorted = reportMs.sort((a, b) => a - b);
  const at = (part: number) => (sorted[Math.floor(sorted.length * part)] ?? Number.NaN).toFixed(1);
  const rate = (reportMs.length / steadySeconds).toFixed(0);
  say(
    `steady, ${rate} reports/s   ${share(server)} % of a core (goal 25 %), report p50 ${at(0.5)} ms, p99 ${at(0.99)} ms ` +
      `(goal 100 ms), longest stall ${stall(server)}`,
  );
  say(`memory then             ${memory(bench.hosts.length, empty, server)} (goal 60 KB)`);
  say(
    `one idle connection     ${((await idleConnectionBytes(join(bench.folder, 'state'), bench.caPem)) / 1000).toFixed(0)} KB of a bare HTTPS server`,
  );
}

/** Nothing happens on any host, so that each keeps only the connection of its long poll. */
async function quiet(bench: Bench, empty: Measured): Promise<void> {
  const begun = Date.now();
  await bench.agents.ask({ do: 'be-quiet', isQuiet: true });
  let server = await measure(bench);
  while (server.connections > bench.hosts.length && Date.now() - begun < quietSeconds * 1000) {
    await sleep(5000);
    server = await measure(bench);
  }
  await sleep(steadySeconds * 1000);
  server = await measure(bench);
  say(
    `quiet, each polls       ${share(server)} % of a core, ${memory(bench.hosts.length, empty, server)} (goal 60 KB), longest stall ${stall(server)}`,
  );
  await bench.agents.ask({ do: 'be-quiet', isQuiet: false });
  // All report again at their intervals.
  await sleep(reportEveryMs);
}

/** A label of one worker changes in the plan. */
async function oneHost(bench: Bench): Promise<void> {
  await tallyOf(bench);
  await measure(bench);
  const text = fleetPlan(bench.hosts.length - 1);
  const name = workerName(0);
  const begun = Date.now();
  const labelled = text.replace(`name: ${name}, `, `name: ${name}, labels: {disk: ssd}, `);
  writeFileSync(join(bench.folder, 'cluster.yaml'), labelled);
  const { all } = await until(bench, ({ targets }) => targets.some(({ host }) => host === name), begun);
  await sleep(1000);
  all.push(await tallyOf(bench));
  const targets = all.flatMap((one) => one.targets);
  const at = targets.find(({ host }) => host === name)?.at ?? Number.NaN;
  const server = await measure(bench);
  say(
    `one host's change       after ${seconds(at - begun)}, of which up to 2 s until the file is read (goal 1 s more); ` +
      `${targets.length} targets sent, CPU ${(server.cpuSeconds * 1000).toFixed(0)} ms, longest stall ${stall(server)}`,
  );
}

/** The control plane reports a cluster: every target changes. */
async function allHosts(bench: Bench): Promise<void> {
  await tallyOf(bench);
  await measure(bench);
  const begun = Date.now();
  const first = await bench.agents.ask<Tally>({ do: 'found-cluster', caPem: bench.caPem });
  const told = new Set(first.targets.map(({ host }) => host));
  const { all } = await until(
    bench,
    ({ targets }) => {
      for (const { host } of targets) told.add(host);
      return told.size >= bench.hosts.length;
    },
    begun,
  );
  const server = await measure(bench);
  const last = Math.max(...all.flatMap(({ targets }) => targets.map(({ at }) => at)));
  const bytes = all.reduce((sum, { targetBytes }) => sum + targetBytes, 0);
  say(
    `all hosts' change       ${told.size} know after ${seconds(last - begun)} (goal 30 s), ${(bytes / 1e6).toFixed(0)} MB, ` +
      `CPU ${server.cpuSeconds.toFixed(1)} s, longest stall ${stall(server)} (goal 250 ms)`,
  );
}

/** Workers join, with an API server that answers at once. */
async function joins(bench: Bench): Promise<void> {
  const count = Math.min(300, bench.hosts.length - 1);
  await measure(bench);
  const begun = Date.now();
  await bench.agents.ask({ do: 'join', count });
  const { all, seconds: took } = await until(bench, ({ joined }) => joined >= count, begun);
  const server = await measure(bench);
  const joined = all.at(-1)?.joined ?? 0;
  const each = (server.cpuSeconds * 1000) / joined;
  say(
    `joins                   ${joined} of ${count} after ${took.toFixed(1)} s: ${(joined / took).toFixed(0)} each second, ` +
      `CPU ${each.toFixed(0)} ms each with everything else, longest stall ${stall(server)}`,
  );
}

/** Counted, not timed. */
async function oneMoreWorker(): Promise<void> {
  const [few, many] = [await costOfWorker(3), await costOfWorker(3000)];
  const ratios = (['statements', 'rows', 'requests'] as const).map(
    (kind) => `${many[kind]} and ${few[kind]} ${kind} (ratio ${(many[kind] / few[kind]).toFixed(2)})`,
  );
  say(`one more worker         with 3,000 hosts and with 3: ${ratios.join(', ')} (goal 1.2)`);
}

/** What a page, and `muster status`, load. */
async function page(bench: Bench): Promise<void> {
  await measure(bench);
  const read = async (path: string, isDone: (text: string) => boolean) => {
    const begun = performance.now();
    const bytes = await firstBytes(join(bench.folder, 'sock'), path, isDone);
    return `${(bytes / 1e6).toFixed(1)} MB after ${((performance.now() - begun) / 1000).toFixed(1)} s`;
  };
  const stream = await read(operatorRoutes.stream, (text) => text.includes('event: snapshot') && text.endsWith('\n\n'));
  const status = await read(operatorRoutes.status, () => false);
  const server = await measure(bench);
  say(
    `page and status         stream ${stream} (goal 1 MB), GET ${operatorRoutes.status} ${status}; longest stall ${stall(server)}`,
  );
}

/** The coordinator is killed and started again; every report that it acknowledged must still be there. */
async function crash(bench: Bench): Promise<void> {
  const before = await tallyOf(bench);
  await bench.server.kill();
  const begun = Date.now();
  const lost = await lostReports(bench, before);
  bench.server = (await startChild('server.ts', [bench.folder, String(bench.port)])).child;
  const listens = (Date.now() - begun) / 1000;
  await tallyOf(bench);
  const back = new Set<string>();
  const { all } = await until(
    bench,
    ({ answeredHosts }) => {
      for (const name of answeredHosts) back.add(name);
      return back.size >= bench.hosts.length;
    },
    begun,
  );
  const last = Math.max(...all.flatMap(({ lastFirstAnswerAt }) => lastFirstAnswerAt ?? []));
  const server = await measure(bench);
  say(
    `kill -9 and restart     listens after ${listens.toFixed(1)} s, ${back.size} back after ${seconds(last - begun)} (goal 30 s), ${lost} acknowledged reports lost (goal 0), ` +
      `gave up ${all.at(-1)?.gaveUp}, longest stall ${stall(server)}`,
  );
}

/** Hosts whose newest acknowledged report is not in the database. */
async function lostReports({ folder }: Bench, { acknowledged }: Tally): Promise<number> {
  const { openStore } = await import('../../../coordinator/store/store.ts');
  const store = openStore(join(folder, 'state', 'muster.db'));
  const steps = store.observations.ofKind('steps');
  store.close();
  return Object.entries(acknowledged).filter(([host, seq]) => {
    const attempts = Math.max(0, ...(steps.get(host)?.value ?? []).map((one) => one.attempts));
    return attempts < seq;
  }).length;
}
