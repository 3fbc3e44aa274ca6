import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { removeFolder, start, tempFolder } from '../coordinator/support.ts';
import { findings, loadAxe } from './axe.ts';
import { useBench } from './bench.ts';
import { origin } from './browser.ts';
import { doneAt, enrolFleet, fleetPlan, stepsUpTo } from './fleet.ts';

const bench = useBench();

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });
const paths = ['/', '/timeline', '/hosts/node01', '/hosts/node02', '/events', '/plan', '/tokens'];

describe('live', () => {
  it('shows a report without a reload, and a host’s output on its page', async () => {
    const page = await bench.open();
    const agent = bench.agent(1);
    await row(page, 'node01').getByText(doneAt('packages')).waitFor();
    await agent.send({ steps: stepsUpTo('join', 'images', {}) });
    await row(page, 'node01').getByText(doneAt('images')).waitFor();
    await row(page, 'node01').getByRole('link').click();
    await agent.send({ output: [{ at: new Date().toISOString(), step: 'images', text: 'pulled pause:3.6' }] });
    await page.getByText('pulled pause:3.6').waitFor();
  });

  it('shows that the coordinator is unavailable and how old the data is, and recovers when it returns', async () => {
    const folder = tempFolder();
    const first = await start({ folder, planText: fleetPlan(1), limits: { enrol: 1000 } });
    await enrolFleet(first, 1);
    const page = await bench.open({}, first);
    const { port } = first;
    await first.stop({ keep: true });
    const away = page.getByText(/has not responded since .* old\./);
    await away.waitFor();
    await row(page, 'node01').waitFor();
    const second = await start({ folder, planText: fleetPlan(1), listen: `127.0.0.1:${port}` });
    await away.waitFor({ state: 'detached' });
    await row(page, 'node01').waitFor();
    await second.stop({ keep: true });
    removeFolder(folder);
  });

  it('offers the other coordinators while its own does not answer, in both languages', async () => {
    const text = fleetPlan(2).replaceAll('role: worker', 'role: control-plane');
    const only = await start({ planText: text });
    const page = await bench.open({}, only);
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
    const page = await bench.open();
    await page.evaluate(`window.shift = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; })
        .observe({ type: 'layout-shift', buffered: true });`);
    const agent = bench.agent(1);
    for (const id of ['packages', 'runtime', 'images'] as const) await agent.send({ steps: stepsUpTo('join', id) });
    await row(page, 'node01').getByText(doneAt('images')).waitFor();
    expect(Number(await page.evaluate('window.shift'))).toBeLessThan(0.05);
  });
});

describe('for everyone', () => {
  it('uses the browser’s language at first; another is one press away, and remembered', async () => {
    const page = await bench.open({ locale: 'zh-CN' });
    await page.getByRole('heading', { name: /4 个节点中 1 个 Ready/ }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: /1 of 4 nodes Ready/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: /1 of 4 nodes Ready/ }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
  });

  it('shows events in the chosen language', async () => {
    const page = await bench.open({ locale: 'zh-CN' });
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
    const page = await bench.open({ colorScheme: 'light' });
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
    const page = await bench.open({ colorScheme: 'light', reducedMotion: 'reduce' });
    for (const path of paths) {
      await page.goto(origin(bench.coordinator) + path);
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
    const page = await bench.open({ viewport: { width: 360, height: 780 } });
    for (const path of paths) {
      await page.goto(origin(bench.coordinator) + path);
      await page.locator('h1').first().waitFor();
      const beyond = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(Number(beyond), path).toBeLessThanOrEqual(0);
    }
  });

  it('a host is reachable by keyboard alone from the top of the page', async () => {
    const page = await bench.open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to main content');
    await page.keyboard.press('Enter');
    const focused = () => page.evaluate('document.activeElement.textContent');
    const name = await row(page, 'node01').getByRole('link').textContent();
    for (let presses = 0; presses < 50 && (await focused()) !== name; presses += 1) await page.keyboard.press('Tab');
    expect(await focused()).toBe(name);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /node01/ }).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
  });
});

describe('output of hosts', () => {
  it('is plain text on every view', async () => {
    const page = await bench.open();
    for (const path of paths) {
      await page.goto(origin(bench.coordinator) + path);
      await page.locator('h1').first().waitFor();
      expect(await page.title()).not.toContain('owned');
      expect(await page.locator('img[src="x"]').count()).toBe(0);
    }
    await page.goto(`${origin(bench.coordinator)}/hosts/node01`);
    await page.getByText(/Setting up kubelet <img src=x/).waitFor();
  });
});
