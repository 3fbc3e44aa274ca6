import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { start, tempFolder } from '../coordinator/support.ts';
import { type ContextOptions, launch, newContext, origin, signIn } from './browser.ts';
import { type Recording, readRecording, storeRecording, type Trouble } from './recording.ts';

interface Shot {
  /** Below docs/. */
  file: string;
  recording: Recording;
  /** The moment of the recording that is shown. */
  at: Date;
  path: string;
  /** What must be visible before the screenshot is taken. */
  ready: string;
  trouble?: Trouble;
  context?: ContextOptions;
}

/** Three hosts brought up together, from bare Debian to Ready. */
const bringUp = readRecording<Recording>('bring-up');
/** The output of apt in another run, in which its mirror was unavailable. */
const mirrorAway: Trouble = {
  host: 'node02',
  step: 'packages',
  ...readRecording<Pick<Trouble, 'output'>>('mirror-away'),
};

/** The first control plane is Ready, the workers have joined. */
const joining = new Date('2026-11-30T19:50:37Z');
const view = (width: number, height: number, more: ContextOptions = {}): ContextOptions => ({
  viewport: { width, height },
  deviceScaleFactor: 2,
  colorScheme: 'light',
  timezoneId: 'Europe/Berlin',
  reducedMotion: 'reduce',
  ...more,
});
const overview = { recording: bringUp, at: joining, path: '/', ready: '.row .host a' };

const shots: readonly Shot[] = [
  { ...overview, file: 'status-page.png', context: view(1200, 640) },
  {
    file: 'timeline.png',
    recording: bringUp,
    at: new Date('2026-11-30T19:50:55Z'),
    path: '/timeline',
    ready: '.chart .bar',
    context: view(1200, 640),
  },
  {
    file: 'host.png',
    recording: bringUp,
    at: new Date('2026-11-30T19:50:12Z'),
    path: '/hosts/node02',
    ready: '.trouble .explanation',
    trouble: mirrorAway,
    context: view(1200, 1180),
  },
  {
    ...overview,
    file: 'status-page.zh-CN.png',
    context: view(1200, 640, { colorScheme: 'dark', locale: 'zh-CN', timezoneId: 'Asia/Shanghai' }),
  },
  { ...overview, file: 'phone.png', context: view(390, 844) },
];

const docs = join(import.meta.dirname, '../../docs');
mkdirSync(docs, { recursive: true });
const browser = await launch();
try {
  for (const shot of shots) await take(shot);
} finally {
  await browser.close();
}

/** Takes one screenshot with a coordinator whose clock and database are those of the recorded moment. */
async function take({ file, recording, at, path, ready, trouble, context: options }: Shot): Promise<void> {
  const folder = tempFolder();
  const state = join(folder, 'state');
  mkdirSync(state, { mode: 0o700 });
  storeRecording(state, recording, at, trouble);
  const coordinator = await start({
    folder,
    planText: recording.plan,
    url: 'https://192.168.0.130:7443',
    now: () => at,
  });
  const context = await newContext(browser, options);
  try {
    const page = await context.newPage();
    // Both clocks stand still: the screenshot does not depend on how long it takes to draw.
    await page.clock.setFixedTime(at);
    await signIn(page, coordinator);
    await page.goto(origin(coordinator) + path);
    await page.locator(ready).first().waitFor();
    await settled(page);
    await page.screenshot({ path: join(docs, file) });
    process.stdout.write(`docs/${file}\n`);
  } finally {
    await context.close();
    await coordinator.stop();
  }
}

/** All requested data has arrived, and the fonts with it. */
async function settled(page: Page): Promise<void> {
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready');
}
