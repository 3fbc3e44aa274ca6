import type { Page } from 'playwright-core';
import { median } from './median.ts';

const rounds = 10;

/**
 * Prints how long the page takes from a press of a key or button until its next frame is ready, and how it scrolls.
 * `busySeconds`: processor time of the page's thread so far, which other load on this machine does not change.
 */
export async function benchReactions(
  page: Page,
  busySeconds: () => Promise<number>,
  say: (line: string) => void,
): Promise<void> {
  await page.evaluate(measuring);
  const print = async (what: string, ...parts: string[]) => {
    const times: number[] = [];
    const before = await busySeconds();
    for (let round = 0; round < rounds; round += 1)
      for (const part of parts) times.push(Number(await page.evaluate(`react(() => { ${part} })`)));
    const work = (((await busySeconds()) - before) * 1000) / times.length;
    const worst = Math.max(...times);
    say(
      `${what}: ${median(times).toFixed(0)} ms until the next frame, worst of ${times.length} ${worst.toFixed(0)} ms ` +
        `(goal 50 ms), ${work.toFixed(1)} ms of work`,
    );
  };
  await print(
    'search, a key',
    ...['n', 'no', 'nod', 'node4', 'node49', ''].map((text) => `type(${JSON.stringify(text)})`),
  );
  await print('filter by phase', 'press(".chips .chip:last-child")', 'press(".chips .chip:first-child")');
  await print('group by phase and back', 'press(".grouping")');
  await print('change the language', 'press(".preferences button")');
  const before = await busySeconds();
  const deltas = ((await page.evaluate('scrollAll()')) as number[]).sort((a, b) => a - b);
  const at = (part: number) => (deltas[Math.floor(deltas.length * part)] ?? Number.NaN).toFixed(0);
  const work = (((await busySeconds()) - before) * 1000) / deltas.length;
  say(
    `scrolling through all rows: frames after p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (goal 34 ms), p99 ${at(0.99)} ms; ` +
      `${work.toFixed(1)} ms of work for each`,
  );
  await page.evaluate('scrollTo(0, 0)');
}

/** Runs in the page. `react` resolves with the ms from an event to the frame that shows its effect. */
const measuring = `
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  window.react = async (act) => {
    await frame();
    await new Promise((resolve) => setTimeout(resolve));
    const begun = performance.now();
    act();
    await frame();
    const channel = new MessageChannel();
    await new Promise((resolve) => { channel.port1.onmessage = resolve; channel.port2.postMessage(0); });
    return performance.now() - begun;
  };
  window.type = (text) => {
    const input = document.querySelector('input[type=search]');
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  window.press = (selector) => document.querySelector(selector).click();
  window.scrollAll = async () => {
    const deltas = [];
    const steps = 300;
    const height = document.documentElement.scrollHeight - innerHeight;
    await frame();
    let last = performance.now();
    for (let step = 0; step < steps; step += 1) {
      scrollTo(0, (height * step) / steps);
      await frame();
      const now = performance.now();
      deltas.push(now - last);
      last = now;
    }
    return deltas;
  };
`;
