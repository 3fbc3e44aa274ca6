import { describe, expect, it } from 'vitest';
import { findings, loadAxe } from './axe.ts';
import { useBench } from './bench.ts';
import { origin } from './browser.ts';

const bench = useBench();

describe('signing in and acting', () => {
  it('by password, as a viewer: offers no changing action', async () => {
    const password = { method: 'PUT', body: { password: 'only looking' } };
    expect((await bench.coordinator.operator('/v1/passwords/viewer', password)).status).toBe(204);
    const page = await bench.newPage();
    await page.goto(origin(bench.coordinator));
    await page.getByLabel('Password').fill('not this one');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Incorrect password' }).waitFor();
    await page.getByLabel('Password').fill('only looking');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /of 4 nodes Ready/ }).waitFor();
    await page.goto(`${origin(bench.coordinator)}/hosts/node01`);
    await page.getByRole('heading', { name: 'Steps' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Actions' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('a token: describes its effect, then shows the install command; it is listed and can be revoked', async () => {
    const page = await bench.open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(`${origin(bench.coordinator)}/hosts/node03`);
    await page.getByRole('button', { name: 'New token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/enrols one machine as node03, once/).waitFor();
    await dialog.getByRole('button', { name: 'Create command' }).click();
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await dialog.getByText('Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/MUSTER_TOKEN=muster-/);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.goto(`${origin(bench.coordinator)}/tokens`);
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
    const page = await bench.open();
    await page.goto(`${origin(bench.coordinator)}/hosts/${host}`);
    await page.getByRole('button', { name, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(effect).waitFor();
    if (name === 'Pause') await dialog.getByLabel('Reason').fill('disk is being replaced');
    await dialog.getByRole('button', { name, exact: true }).click();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('heading', { name: after }).waitFor();
  });

  it('one of two machines with one credential is chosen by name, in both languages; the other is refused', async () => {
    const agent = bench.agent(3);
    const [own, copy] = ['aaaa1111-own', 'bbbb2222-copy'];
    for (const boot of [own, copy, own]) await agent.poll(boot);
    const page = await bench.open({ reducedMotion: 'reduce' });
    await page.goto(`${origin(bench.coordinator)}/hosts/node03`);
    await page.getByRole('heading', { name: 'node03 cloned' }).waitFor();
    await page.getByRole('button', { name: 'Pick machine' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/One machine keeps the name node03; the other is refused/).waitFor();
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
