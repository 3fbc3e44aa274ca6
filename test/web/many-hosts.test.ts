import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { start, type TestCoordinator } from '../coordinator/support.ts';
import { findings, loadAxe } from './axe.ts';
import { launch, newContext, origin, signIn } from './browser.ts';
import { enrolFleet, fleetPlan, portTaken, readyReport, type SimulatedAgent, stepsUpTo } from './fleet.ts';

const hosts = 300;
let browser: Browser;
let coordinator: TestCoordinator;
let agents: SimulatedAgent[];
let context: BrowserContext;
let page: Page;

/** master01 and node01 are Ready, node02 to node10 are blocked, node11 installs packages, the others have not enrolled. */
beforeAll(async () => {
  browser = await launch();
  coordinator = await start({ planText: fleetPlan(hosts - 1), limits: { login: 1000, enrol: 1000 } });
  agents = await enrolFleet(coordinator, 11);
  for (const [index, agent] of agents.entries()) {
    const ready = readyReport(agent);
    if (index < 2) await agent.send(ready);
    else if (index < 11) await agent.send({ facts: ready.facts, findings: [portTaken()], steps: [] });
    else await agent.send({ facts: ready.facts, findings: [], steps: stepsUpTo('join', 'packages') });
  }
  context = await newContext(browser, { reducedMotion: 'reduce' });
  page = await context.newPage();
  await signIn(page, coordinator);
});
afterAll(async () => {
  await browser.close();
  await coordinator.stop();
});

beforeEach(async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${origin(coordinator)}/`);
  await page.getByRole('button', { name: `All ${hosts}` }).waitFor();
});
afterEach(() => page.evaluate('scrollTo(0, 0)'));

const names = () => page.locator('.row .host a').allTextContents();
const headings = () => page.locator('.row.group').allTextContents();
/** Number of hosts in the table, with those that are not on the screen. */
const count = async () => Number(await table().getAttribute('aria-rowcount')) - 1;
const table = () => page.getByRole('table', { name: 'Hosts' });

it('renders only the rows near the screen, and others as they are scrolled to', async () => {
  expect((await names()).length).toBeLessThan(60);
  expect(await table().getAttribute('aria-rowcount')).toBe(String(hosts + 1));
  await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
  await page.getByRole('link', { name: 'node299', exact: true }).waitFor();
  expect((await names()).length).toBeLessThan(60);
});

it('search selects hosts by a part of their name or address while it is typed', async () => {
  await page.getByRole('searchbox', { name: 'Search hosts' }).pressSequentially('node29');
  await expect.poll(count).toBe(11);
  expect((await names()).slice(0, 3)).toEqual(['node29', 'node290', 'node291']);
  await page.getByRole('searchbox').fill('10.77.2.49');
  await expect.poll(names).toEqual(['node299']);
  await page.getByRole('searchbox').fill('rack9');
  await page.getByText('No matching hosts.').waitFor();
});

it('a phase selects its hosts; search applies within it', async () => {
  await page.getByRole('button', { name: 'blocked 9' }).click();
  await expect.poll(count).toBe(9);
  await page.getByRole('searchbox').fill('node10');
  await expect.poll(names).toEqual(['node10']);
  await page.getByRole('button', { name: `All ${hosts}` }).click();
  await page.getByRole('searchbox').fill('');
  await expect.poll(count).toBe(hosts);
});

it('groups hosts by phase, the most urgent first; a group folds by mouse and by keyboard', async () => {
  await page.getByRole('button', { name: 'Group by phase' }).click();
  expect((await headings())[0]).toMatch(/blocked.*9 hosts/);
  expect((await names())[0]).toBe('node02');
  const blocked = page.getByRole('button', { name: /blocked 9 hosts/ });
  expect(await blocked.getAttribute('aria-expanded')).toBe('true');
  await blocked.click();
  await expect.poll(async () => (await names())[0]).toBe('node11');
  await blocked.focus();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await names())[0]).toBe('node02');
  await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
  await expect.poll(async () => (await names()).at(-1)).toBe('node01');
});

it('the selection survives a reload, a visit to a host, and the way back, with the place in the list', async () => {
  await page.getByRole('button', { name: /^planned/ }).click();
  await page.getByRole('searchbox').fill('node1');
  await page.reload();
  expect(await page.getByRole('searchbox').inputValue()).toBe('node1');
  await page.getByRole('link', { name: 'node12', exact: true }).waitFor();
  await page.evaluate(
    `scrollTo(0, document.querySelector('.hosts').getBoundingClientRect().top + scrollY + 48 * 60 - 300)`,
  );
  const link = page.getByRole('link', { name: 'node140', exact: true });
  await link.click();
  await page.getByRole('heading', { name: /node140/ }).waitFor();
  await page.goBack();
  await link.waitFor();
  await expect.poll(() => page.evaluate('scrollY')).toBeGreaterThan(1500);
  expect(await page.getByRole('button', { name: /^planned/ }).getAttribute('aria-pressed')).toBe('true');
  await page.getByRole('link', { name: 'Timeline' }).click();
  await page.getByRole('link', { name: 'Overview' }).click();
  expect(await page.getByRole('searchbox').inputValue()).toBe('');
});

it('of many hosts that need attention, the first have a card and the others are one press away', async () => {
  expect(await page.getByRole('article').count()).toBe(3);
  await page.getByRole('button', { name: 'and 6 more' }).click();
  expect((await headings())[0]).toMatch(/blocked/);
});

it('axe reports no violation in a grouped and filtered table, on a desktop and on a phone', async () => {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${origin(coordinator)}/?group=phase&search=node`);
    await page.locator('.row.group').first().waitFor();
    await loadAxe(page);
    expect(await findings(page)).toEqual([]);
    const beyond = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(Number(beyond)).toBeLessThanOrEqual(0);
  }
});

it('a host that changes its phase moves to the group of the new one', async () => {
  await page.goto(`${origin(coordinator)}/?group=phase&search=node11`);
  await expect.poll(async () => (await headings())[0]).toContain('preparing');
  const agent = agents[11];
  if (agent === undefined) throw new Error('no agent');
  await agent.send(readyReport(agent));
  await expect.poll(async () => (await headings()).at(-1)).toContain('Ready');
});
