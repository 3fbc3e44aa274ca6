import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { master, on } from '../../lab/install.ts';
import { startForward } from '../../lab/servers/forward.ts';
import { launch, newContext } from '../../web/browser.ts';
import { setup as installChromium } from '../../web/chromium.ts';
import { allReady, standing, timed } from '../support/recovery.ts';

/** As long as a host may take to leave and to join again on a machine that is busy. */
const patienceMs = 150_000;

let browser: Browser;
let page: Page;
let errors: string[];

beforeAll(async () => {
  await installChromium();
  await standing();
  browser = await launch();
  page = await (await newContext(browser, { colorScheme: 'light' })).newPage();
  page.setDefaultTimeout(patienceMs);
  errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await signIn();
});
afterAll(async () => {
  await browser?.close();
  await allReady();
});

/** As a person does: by the link that `muster login` prints, through the lab's way in. */
async function signIn(): Promise<void> {
  const { port } = await startForward();
  const link = /https:\/\/[^/\s]+(\/\S+)/.exec(await on(master, 'muster', 'login'))?.[1];
  await page.goto(`https://127.0.0.1:${port}${link}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await says('All 3 nodes are Ready.');
}

const says = (sentence: string | RegExp) => page.getByRole('heading', { name: sentence }).waitFor();
const view = (name: string) => page.getByRole('link', { name, exact: true }).click();
const row = (host: string) => page.getByRole('row', { name: new RegExp(host) });

describe('the page of a cluster that stands', () => {
  it('shows three Ready hosts, and all of one of them', async () => {
    for (const host of ['master01', 'node01', 'node02']) {
      expect(await row(host).textContent()).toMatch(/Ready.*kubelet v1\.20\.2 · containerd/);
    }
    await row('node02').getByRole('link').click();
    await page.getByRole('heading', { name: 'node02 Ready' }).waitFor();
    await page.getByText('192.168.0.132').first().waitFor();
    await page.locator('dl.facts').getByText('Debian GNU/Linux 12').waitFor();
    expect(await page.locator('ol.steps > li').count()).toBe(await page.locator('ol.steps > li.done').count());
  });

  it('shows how it was brought up, and what has happened since', async () => {
    await view('Timeline');
    await page.getByRole('img', { name: /Timeline of 3 hosts/ }).waitFor();
    await page.locator('.bar[data-step="kubeadm-init"]').waitFor();
    expect(await page.locator('.bar[data-step="kubeadm-join"]').count()).toBe(2);
    await view('Events');
    await page.locator('ol.events > li').first().waitFor();
  });
});

describe('a host that is reset from the page', () => {
  it('is watched leaving, joining and becoming Ready, without a reload', async () => {
    await view('Overview');
    await row('node02').getByRole('link').click();
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('kubeadm reset runs on node02').waitFor();
    await page.evaluate('window.neverLeft = true');
    await timed('reset on the page to Ready on the page', async () => {
      await dialog.getByRole('button', { name: 'Reset', exact: true }).click();
      await dialog.getByRole('button', { name: 'Close' }).click();
      await page.getByRole('heading', { name: 'node02 leaving' }).waitFor();
      await view('Overview');
      await says(/^2 of 3 nodes Ready; node02/);
      await view('Timeline');
      const joining = '.bar.running[data-step="kubeadm-join"]';
      await page.locator('.lane', { hasText: 'node02' }).locator(joining).waitFor({ state: 'attached' });
      await view('Overview');
      await says('All 3 nodes are Ready.');
    });
    expect(await page.evaluate('window.neverLeft')).toBe(true);
    await view('Events');
    await page.getByText('reset: done').first().waitFor();
  });
});

describe('for its reader', () => {
  it('speaks Chinese at a press, and turns dark', async () => {
    await view('Overview');
    await page.getByRole('button', { name: '中文' }).click();
    await says('全部 3 个节点均已 Ready。');
    await view('事件');
    await page.getByText('重置：已完成').first().waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await view('Overview');
    const ground = async () => String(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
    const light = await ground();
    await page.getByLabel('Theme').selectOption('dark');
    expect(await ground()).not.toBe(light);
    await page.getByLabel('Theme').selectOption('system');
    expect(await ground()).toBe(light);
  });

  it('reports when the coordinator is away, keeps what it showed, and continues in its session once that is back', async () => {
    await on(master, 'systemctl', 'stop', 'muster-coordinator');
    const away = page.getByText(/has not responded since .* old\./);
    await away.waitFor();
    await row('node02').waitFor();
    await on(master, 'systemctl', 'start', 'muster-coordinator');
    await away.waitFor({ state: 'detached' });
    await says('All 3 nodes are Ready.');
    expect(errors).toEqual([]);
  });
});
