import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { TestCoordinator } from '../coordinator/support.ts';

/** Debian's Chromium; undefined when it is missing. */
export function findChromium(): string | undefined {
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Throws when there is no browser: a test that cannot run fails. */
export function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no chromium here: apt-get install -y chromium');
  return chromium.launch({ executablePath, headless: true, args: flags });
}

export type ContextOptions = NonNullable<Parameters<Browser['newContext']>[0]>;

export async function newContext(browser: Browser, options: ContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    ignoreHTTPSErrors: true,
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
}

export function origin({ port }: Pick<TestCoordinator, 'port'>): string {
  return `https://127.0.0.1:${port}`;
}

/** The path of a new one-time link. */
export async function loginPath(
  coordinator: TestCoordinator,
  role: 'viewer' | 'operator' = 'operator',
): Promise<string> {
  const { body } = await coordinator.operator('/v1/login-links', { body: { role } });
  const { pathname, search } = new URL(body.url);
  return pathname + search;
}

/** Signs in by a one-time link, as a person does, and waits for the overview. */
export async function signIn(page: Page, coordinator: TestCoordinator, role: 'viewer' | 'operator' = 'operator') {
  await page.goto(origin(coordinator) + (await loginPath(coordinator, role)));
  await page.getByRole('button', { name: /Sign in|登录/ }).click();
  await page.waitForURL(`${origin(coordinator)}/`);
  await page.locator('.sentence').waitFor();
}
