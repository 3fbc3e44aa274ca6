import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { start, type TestCoordinator } from '../coordinator/support.ts';
import { type ContextOptions, launch, newContext, origin, signIn } from './browser.ts';
import { enrolFleet, fleetPlan, reportEachState, type SimulatedAgent } from './fleet.ts';

const hostile =
  '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>\u202e\x1b]0;owned\x07';

/** A browser and a coordinator of four hosts in different states, for all tests of a file; a page for each test. */
export function useBench() {
  let browser: Browser;
  let coordinator: TestCoordinator;
  let agents: SimulatedAgent[];
  let polling: NodeJS.Timeout;
  /** An operator's session, so that not every test has to sign in. */
  let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>;
  let context: BrowserContext | undefined;
  let errors: string[] = [];

  beforeAll(async () => {
    browser = await launch();
    coordinator = await start({ planText: fleetPlan(3), limits: { login: 1000, enrol: 1000 } });
    agents = await enrolFleet(coordinator, 3);
    // As agents do: a host without contact for 90 seconds is silent.
    polling = setInterval(() => void Promise.all(agents.map(({ poll }) => poll())), 10_000);
    await reportEachState(agents, hostile);
    const login = await newContext(browser);
    await signIn(await login.newPage(), coordinator);
    signedIn = await login.storageState();
    await login.close();
  });
  afterAll(async () => {
    clearInterval(polling);
    await browser.close();
    await coordinator.stop();
  });
  afterEach(async () => {
    await context?.close();
    expect(errors).toEqual([]);
  });

  /** Nobody has signed in. */
  async function newPage(options: ContextOptions = {}): Promise<Page> {
    context = await newContext(browser, options);
    const page = await context.newPage();
    errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/.test(message.text())) errors.push(message.text());
    });
    return page;
  }

  return {
    get coordinator(): TestCoordinator {
      return coordinator;
    },
    agent(index: number): SimulatedAgent {
      const found = agents[index];
      if (found === undefined) throw new Error('no agent');
      return found;
    },
    newPage,
    /** The overview, as an operator sees it. */
    async open(options: ContextOptions = {}, on = coordinator): Promise<Page> {
      const page = await newPage(on === coordinator ? { ...options, storageState: signedIn } : options);
      if (on === coordinator) await page.goto(`${origin(on)}/`);
      else await signIn(page, on);
      await page.locator('.sentence').waitFor();
      return page;
    },
  };
}
