import type { CDPSession, Page } from 'playwright-core';
import { stepsOf } from '../../shared/steps/catalogue.ts';
import { start } from '../coordinator/support.ts';
import { launch, newContext, origin, signIn } from '../web/browser.ts';
import { enrolFleet, fleetPlan, readyReport, type SimulatedAgent, stepsUpTo } from '../web/fleet.ts';
import { median } from './median.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const seconds = 15;

/** Prints how the status page does with so many simulated hosts: first paint, the cost of updates, and how smooth scrolling stays. */
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

    const paints: number[] = [];
    for (let round = 0; round < 5; round += 1) paints.push(await firstRows(page, origin(coordinator)));
    const elements = await page.evaluate('document.querySelectorAll("*").length');
    say(
      `first rows of ${hosts} hosts: ${median(paints).toFixed(0)} ms after the navigation (median of 5); ${elements} elements`,
    );

    const quiet = await under(page, async () => pause(seconds * 1000));
    say(`quiet for ${seconds} s: ${quiet}`);
    const busy = await under(page, () => reportFor(agents));
    say(`100 reports a second for ${seconds} s: ${busy}`);
    const scrolled = await under(page, () => Promise.all([reportFor(agents), scroll(page)]));
    say(`the same while scrolling through all rows: ${scrolled}`);
  } finally {
    await browser.close();
    await coordinator.stop();
  }
}

/** Milliseconds from the navigation until the first host's row is there. */
async function firstRows(page: Page, url: string): Promise<number> {
  await page.goto(url);
  await page.locator('.row .host a').first().waitFor();
  return Number(await page.evaluate('performance.now()'));
}

/** Runs `work` and tells what it cost the page: script time, long tasks, frames. */
async function under(page: Page, work: () => Promise<unknown>): Promise<string> {
  const session = await page.context().newCDPSession(page);
  // Time on the processor: what else this machine does is not the page's.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.evaluate(`window.long = []; window.frames = 0; window.on = true;
    window.watch = new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) window.long.push(duration); });
    window.watch.observe({ entryTypes: ['longtask'] });
    (function frame() { window.frames += 1; if (window.on) requestAnimationFrame(frame); })();`);
  const [before, began] = [await busySeconds(session), Date.now()];
  await work();
  const elapsed = (Date.now() - began) / 1000;
  const used = (await busySeconds(session)) - before;
  const seen = (await page.evaluate(`window.on = false; window.watch.disconnect();
    ({ frames: window.frames, long: window.long.length, longest: Math.max(0, ...window.long) })`)) as {
    frames: number;
    long: number;
    longest: number;
  };
  await session.detach();
  const share = ((used / elapsed) * 100).toFixed(1);
  const fps = (seen.frames / elapsed).toFixed(0);
  return `${share} % of the page's thread, ${fps} frames a second, ${seen.long} tasks over 50 ms (longest ${seen.longest.toFixed(0)} ms)`;
}

async function busySeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

/** Every tenth of a second ten hosts report another step. */
async function reportFor(agents: readonly SimulatedAgent[]): Promise<void> {
  const end = Date.now() + seconds * 1000;
  const ids = stepsOf('join').map(({ id }) => id);
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
