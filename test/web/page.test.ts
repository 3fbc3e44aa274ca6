import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { removeFolder, start, type TestCoordinator, tempFolder } from '../coordinator/support.ts';
import { findings, loadAxe } from './axe.ts';
import { type ContextOptions, launch, newContext, origin, signIn } from './browser.ts';
import { doneAt, enrolFleet, fleetPlan, reportEachState, type SimulatedAgent, stepsUpTo } from './fleet.ts';

const hostile =
  '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>\u202e\x1b]0;owned\x07';

let browser: Browser;
let coordinator: TestCoordinator;
let agents: SimulatedAgent[];
let polling: NodeJS.Timeout;
/** An operator's session, so that not every test has to sign in. */
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>;

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

let context: BrowserContext;
let page: Page;
let errors: string[];

async function open(options: ContextOptions = {}, on = coordinator): Promise<Page> {
  context = await newContext(browser, on === coordinator ? { ...options, storageState: signedIn } : options);
  page = await context.newPage();
  errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy/.test(message.text())) errors.push(message.text());
  });
  if (on === coordinator) await page.goto(`${origin(on)}/`);
  else await signIn(page, on);
  await page.locator('.sentence').waitFor();
  return page;
}

beforeEach(() => {
  errors = [];
});
afterEach(async () => {
  await context?.close();
  expect(errors).toEqual([]);
});

const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
const paths = ['/', '/timeline', '/hosts/node01', '/hosts/node02', '/events', '/plan', '/tokens'];

describe('live', () => {
  it('shows a report without a reload, and a host’s output on its page', async () => {
    await open();
    const agent = agents[1];
    if (agent === undefined) throw new Error('no agent');
    await row('node01').getByText(doneAt('packages')).waitFor();
    await agent.send({ steps: stepsUpTo('join', 'images', {}) });
    await row('node01').getByText(doneAt('images')).waitFor();
    await row('node01').getByRole('link').click();
    await agent.send({ output: [{ at: new Date().toISOString(), step: 'images', text: 'pulled pause:3.6' }] });
    await page.getByText('pulled pause:3.6').waitFor();
  });

  it('shows that the coordinator is unavailable and how old the data is, and recovers when it returns', async () => {
    const folder = tempFolder();
    const first = await start({ folder, planText: fleetPlan(1), limits: { enrol: 1000 } });
    await enrolFleet(first, 1);
    await open({}, first);
    const { port } = first;
    await first.stop({ keep: true });
    const away = page.getByText(/has not responded since .* old\./);
    await away.waitFor();
    await row('node01').waitFor();
    const second = await start({ folder, planText: fleetPlan(1), listen: `127.0.0.1:${port}` });
    await away.waitFor({ state: 'detached' });
    await row('node01').waitFor();
    await second.stop({ keep: true });
    removeFolder(folder);
  });

  it('offers the other coordinators while its own does not answer, in both languages', async () => {
    const text = fleetPlan(2).replaceAll('role: worker', 'role: control-plane');
    const only = await start({ planText: text });
    await open({}, only);
    expect(await page.getByText('another control plane').count()).toBe(0);
    await only.stop();
    await page.getByText('another control plane').waitFor();
    const links = page.locator('.connection a');
    expect(await links.allTextContents()).toEqual(['master01', 'node01', 'node02']);
    expect(await links.nth(1).getAttribute('href')).toBe('https://10.77.1.1:7443/');
    await page.getByRole('button', { name: /中文/ }).click();
    await page.getByText('在其他控制平面上打开此页面').waitFor();
  });

  it('keeps the layout still while data arrives', async () => {
    await open();
    await page.evaluate(`window.shift = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; })
        .observe({ type: 'layout-shift', buffered: true });`);
    const agent = agents[1];
    if (agent === undefined) throw new Error('no agent');
    for (const id of ['packages', 'runtime', 'images'] as const) await agent.send({ steps: stepsUpTo('join', id) });
    await row('node01').getByText(doneAt('images')).waitFor();
    expect(Number(await page.evaluate('window.shift'))).toBeLessThan(0.05);
  });
});

describe('for everyone', () => {
  it('uses the browser’s language at first; another is one press away, and remembered', async () => {
    await open({ locale: 'zh-CN' });
    await page.getByRole('heading', { name: /4 个节点中 1 个 Ready/ }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: /1 of 4 nodes Ready/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: /1 of 4 nodes Ready/ }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
  });

  it('shows events in the chosen language', async () => {
    await open({ locale: 'zh-CN' });
    await page.getByRole('link', { name: '事件' }).click();
    await page
      .getByText(/已接入，来自/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page
      .getByText(/enrolled from/)
      .first()
      .waitFor();
    expect(await page.getByText(/已接入/).count()).toBe(0);
  });

  it('follows the system’s colour scheme or the user’s choice, which is remembered', async () => {
    await open({ colorScheme: 'light' });
    const ground = async () => String(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
    const light = await ground();
    await page.getByLabel('Theme').selectOption('dark');
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await ground()).toBe(dark);
    await page.getByLabel('Theme').selectOption('system');
    expect(await ground()).toBe(light);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await ground()).toBe(dark);
  });

  it('axe reports no violation on any view, light or dark', async () => {
    await open({ colorScheme: 'light', reducedMotion: 'reduce' });
    for (const path of paths) {
      await page.goto(origin(coordinator) + path);
      await page.locator('h1').first().waitFor();
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      await loadAxe(page);
      expect({ path, found: await findings(page) }).toEqual({ path, found: [] });
      await page.emulateMedia({ colorScheme: 'dark' });
      // Light and dark differ in colours only.
      expect({ path, found: await findings(page, ['color-contrast']) }).toEqual({ path, found: [] });
      await page.emulateMedia({ colorScheme: 'light' });
    }
  });

  it('fits a phone without horizontal scrolling', async () => {
    await open({ viewport: { width: 360, height: 780 } });
    for (const path of paths) {
      await page.goto(origin(coordinator) + path);
      await page.locator('h1').first().waitFor();
      const beyond = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(Number(beyond), path).toBeLessThanOrEqual(0);
    }
  });

  it('a host is reachable by keyboard alone from the top of the page', async () => {
    await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to main content');
    await page.keyboard.press('Enter');
    const focused = () => page.evaluate('document.activeElement.textContent');
    const name = await row('node01').getByRole('link').textContent();
    for (let presses = 0; presses < 50 && (await focused()) !== name; presses += 1) await page.keyboard.press('Tab');
    expect(await focused()).toBe(name);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /node01/ }).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
  });
});

describe('output of hosts', () => {
  it('is plain text on every view', async () => {
    await open();
    for (const path of paths) {
      await page.goto(origin(coordinator) + path);
      await page.locator('h1').first().waitFor();
      expect(await page.title()).not.toContain('owned');
      expect(await page.locator('img[src="x"]').count()).toBe(0);
    }
    await page.goto(`${origin(coordinator)}/hosts/node01`);
    await page.getByText(/Setting up kubelet <img src=x/).waitFor();
  });
});

describe('signing in and acting', () => {
  it('by password, as a viewer: offers no changing action', async () => {
    const password = { method: 'PUT', body: { password: 'only looking' } };
    expect((await coordinator.operator('/v1/passwords/viewer', password)).status).toBe(204);
    context = await newContext(browser);
    page = await context.newPage();
    await page.goto(origin(coordinator));
    await page.getByLabel('Password').fill('not this one');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Incorrect password' }).waitFor();
    await page.getByLabel('Password').fill('only looking');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /of 4 nodes Ready/ }).waitFor();
    await page.goto(`${origin(coordinator)}/hosts/node01`);
    await page.getByRole('heading', { name: 'Steps' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Actions' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('a token: describes its effect, then shows the install command; it is listed and can be revoked', async () => {
    await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(`${origin(coordinator)}/hosts/node03`);
    await page.getByRole('button', { name: 'New token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/enrols one machine as node03, once/).waitFor();
    await dialog.getByRole('button', { name: 'Create command' }).click();
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await dialog.getByText('Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/MUSTER_TOKEN=muster-/);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.goto(`${origin(coordinator)}/tokens`);
    const tokens = page.getByRole('row', { name: /not used yet/ });
    await tokens.first().waitFor();
    const before = await tokens.count();
    await tokens.first().getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await expect.poll(() => tokens.count()).toBe(before - 1);
  });

  it.each([
    ['Pause', 'master01', /keeps observing and reporting, and changes nothing/, /master01 paused/],
    ['Resume', 'master01', /makes changes again/, /master01 Ready/],
    ['Reset', 'node01', /kubeadm reset runs on node01/, /^Reset /],
  ])('%s: describes its effect, and does it', async (name, host, effect, after) => {
    await open();
    await page.goto(`${origin(coordinator)}/hosts/${host}`);
    await page.getByRole('button', { name, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(effect).waitFor();
    if (name === 'Pause') await dialog.getByLabel('Reason').fill('disk is being replaced');
    await dialog.getByRole('button', { name, exact: true }).click();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('heading', { name: after }).waitFor();
  });

  it('one of two machines with one credential is chosen by name, in both languages; the other is refused', async () => {
    const agent = agents[3];
    if (agent === undefined) throw new Error('no agent');
    const [own, copy] = ['aaaa1111-own', 'bbbb2222-copy'];
    for (const boot of [own, copy, own]) await agent.poll(boot);
    await open({ reducedMotion: 'reduce' });
    await page.goto(`${origin(coordinator)}/hosts/node03`);
    await page.getByRole('heading', { name: 'node03 cloned' }).waitFor();
    await page.getByRole('button', { name: 'Pick machine' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/One machine stays node03; the other is refused/).waitFor();
    const choice = dialog.getByRole('group', { name: 'Which machine keeps the name node03?' });
    expect(await choice.getByRole('radio').count()).toBe(2);
    expect(await dialog.getByRole('button', { name: 'Pick machine' }).isDisabled()).toBe(true);
    await loadAxe(page);
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('button', { name: '选择机器' }).click();
    await dialog.getByRole('group', { name: '哪台机器保留名称 node03？' }).waitFor();
    await dialog.getByRole('radio', { name: /aaaa1111/ }).check();
    await dialog.getByRole('button', { name: '选择机器' }).click();
    await dialog.getByText('已选定 node03 的机器，另一台被拒绝').waitFor();
    await dialog.getByRole('button', { name: '关闭' }).click();
    await page.getByRole('heading', { name: 'node03 已接入' }).waitFor();
    expect((await agent.poll(own)).status).toBe(200);
    expect((await agent.poll(copy)).status).toBe(403);
  });
});
