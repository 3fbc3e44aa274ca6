import type { CDPSession, Page } from 'playwright-core';
import { stepsOf } from '../../shared/steps/catalogue.ts';
import { start } from '../coordinator/support.ts';
import { launch, newContext, origin, signIn } from '../web/browser.ts';
import { enrolFleet, fleetPlan, readyReport, type SimulatedAgent, stepsUpTo } from '../web/fleet.ts';
import { median } from './median.ts';
import { benchReactions } from './page-reactions.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const seconds = 15;

/**
 * Prints the status page's performance with simulated hosts: first paint, cost of updates, and smoothness of scrolling.
 */
export async function benchPage(hosts: number): Promise<void> {
  const coordinator = await start({ planText: fleetPlan(hosts - 1), limits: { enrol: 1_000_000 } });
  const browser = await launch();
  try {
    const agents = await enrolFleet(coordinator, hosts - 1);
    for (let from = 0; from < agents.length; from += 100) {
      await Promise.all(agents.slice(from, from + 100).map((agent) => agent.send(readyReport(agent))));
    }
    const context = await newContext(browser);
    const page = await context.newPage();
    await signIn(page, coordinator);

    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });

    const paints: FirstPaint[] = [];
    for (let round = 0; round < 5; round += 1) paints.push(await firstPaint(page, session, origin(coordinator)));
    const elements = await page.evaluate('document.querySelectorAll("*").length');
    const kilobytes = median(paints.map(({ bytes }) => bytes)) / 1000;
    say(`first paint: ${kilobytes.toFixed(1)} KB over the wire`);
    say(
      `first rows of ${hosts} hosts: ${median(paints.map(({ ms }) => ms)).toFixed(0)} ms after the navigation (median of 5); ${elements} elements`,
    );

    await benchReactions(page, () => busySeconds(session), say);
    say(`memory of the tab: ${(await heapMegabytes(session)).toFixed(0)} MB of JavaScript`);

    const quiet = await under(page, session, async () => pause(seconds * 1000));
    say(`quiet for ${seconds} s: ${quiet}`);
    const received = countBytes(session);
    const busy = await under(page, session, () => reportFor(agents));
    const each = received() / (seconds * 100);
    say(`100 reports a second for ${seconds} s: ${busy}; ${each.toFixed(0)} bytes for each report, uncompressed`);
    const scrolled = await under(page, session, () => Promise.all([reportFor(agents), scroll(page)]));
    say(`the same while scrolling through all rows: ${scrolled}`);
  } finally {
    await browser.close();
    await coordinator.stop();
  }
}

/** MB in use after a garbage collection. */
async function heapMegabytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

/** Returns the number of bytes of the stream since the call. */
function countBytes(session: CDPSession): () => number {
  let bytes = 0;
  session.on('Network.dataReceived', ({ dataLength }) => (bytes += dataLength));
  return () => bytes;
}

interface FirstPaint {
  /** From navigation to the first host's row. */
  ms: number;
  /** Compressed size of what is loaded before the first paint: the document, its script and its styles. */
  bytes: number;
}

async function firstPaint(page: Page, session: CDPSession, url: string): Promise<FirstPaint> {
  const parts = new Set<string>();
  let bytes = 0;
  const asked = ({ requestId, type }: { requestId: string; type?: string }) => {
    if (type === 'Document' || type === 'Script' || type === 'Stylesheet') parts.add(requestId);
  };
  const came = ({ requestId, encodedDataLength }: { requestId: string; encodedDataLength: number }) => {
    if (parts.has(requestId)) bytes += encodedDataLength;
  };
  session.on('Network.requestWillBeSent', asked);
  session.on('Network.loadingFinished', came);
  await page.goto(url);
  await page.locator('.row .host a').first().waitFor({ timeout: 120_000 });
  const ms = Number(await page.evaluate('performance.now()'));
  session.off('Network.requestWillBeSent', asked);
  session.off('Network.loadingFinished', came);
  return { ms, bytes };
}

/** A longer task of the main thread is noticeable, in ms. */
const longMs = 50;

/**
 * Runs `work` and returns its cost for the page: share of the main thread, long tasks, frames. Measures CPU time, so
 * other load on this machine does not count.
 */
async function under(page: Page, session: CDPSession, work: () => Promise<unknown>): Promise<string> {
  await page.evaluate(`{ const round = window.round = { frames: 0 };
    (function frame() { round.frames += 1; if (window.round === round) requestAnimationFrame(frame); })(); }`);
  const browser = page.context().browser();
  await browser?.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  const [before, began] = [await busySeconds(session), Date.now()];
  await work();
  const elapsed = (Date.now() - began) / 1000;
  const used = (await busySeconds(session)) - before;
  const tasks = taskTimes(await browser?.stopTracing());
  const frames = Number(await page.evaluate('window.round.frames'));
  const long = tasks.filter((ms) => ms > longMs).length;
  const longest = tasks.reduce((most, ms) => Math.max(most, ms), 0);
  const share = ((used / elapsed) * 100).toFixed(1);
  const fps = (frames / elapsed).toFixed(0);
  return `${share} % of the page's thread, ${fps} frames a second, ${long} tasks over ${longMs} ms (longest ${longest.toFixed(0)} ms)`;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** CPU time in µs. */
  tdur?: number;
  args: { name?: string };
}

/** CPU time of each task of the page's main thread, in ms. */
function taskTimes(trace: Buffer | undefined): number[] {
  const { traceEvents } = JSON.parse(String(trace)) as { traceEvents: TraceEvent[] };
  const key = ({ pid, tid }: TraceEvent) => `${pid}.${tid}`;
  const threads = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(key),
  );
  const tasks = traceEvents.filter((event) => event.name === 'RunTask' && event.ph === 'X' && threads.has(key(event)));
  if (tasks.length === 0) throw new Error('the browser has recorded no tasks');
  return tasks.map(({ tdur = 0 }) => tdur / 1000);
}

async function busySeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

/** Ten hosts report a changed step every 100 ms. */
async function reportFor(agents: readonly SimulatedAgent[]): Promise<void> {
  const end = Date.now() + seconds * 1000;
  const ids = stepsOf('join', 'worker').map(({ id }) => id);
  let turn = 0;
  while (Date.now() < end) {
    const began = Date.now();
    const reports = Array.from({ length: 10 }, () => {
      turn += 1;
      const agent = agents[1 + (turn % (agents.length - 1))];
      return agent?.send({ steps: stepsUpTo('join', ids[turn % ids.length] ?? null) });
    });
    await Promise.all(reports);
    await pause(Math.max(0, 100 - (Date.now() - began)));
  }
}

async function scroll(page: Page): Promise<void> {
  await page.mouse.move(600, 500);
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    await page.mouse.wheel(0, 400);
    await pause(50);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
