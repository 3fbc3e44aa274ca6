import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openStore } from '../../../coordinator/store/store.ts';
import { coordinatorsView } from '../../../coordinator/view/coordinators.ts';
import { parsePlan } from '../../../shared/plan/parse.ts';
import { coordinatorsText } from '../../../shared/status/coordinators.ts';
import { addresses, allDone, enrolled, planText, start, type TestCoordinator } from '../support.ts';

let coordinator: TestCoordinator | undefined;
afterEach(() => coordinator?.stop());

it('names the active coordinator, standbys, one being installed, and a silent host', async () => {
  const text = planText().replaceAll('role: worker', 'role: control-plane');
  coordinator = await start({ planText: text });
  await (await enrolled(coordinator, 'node01')).report({ steps: allDone('join', 'control-plane') });
  await enrolled(coordinator, 'node02');
  const store = openStore(join(coordinator.state, 'muster.db'));
  const { plan } = parsePlan(text, { readFile: () => '' });
  if (plan === null) throw new Error('the plan is invalid');
  const urlOf = (host: keyof typeof addresses) => `https://${addresses[host]}:${plan.coordinator.port}`;
  const view = (silentFor: number) =>
    coordinatorsView({
      ...{ store, plan, active: `https://${addresses.master01}:${plan.coordinator.port}` },
      ...{ lastContact: (_, stored) => stored, now: new Date(Date.now() + silentFor) },
    }).map(({ host, state, url }) => `${host} ${state} ${url}`);
  expect(view(0)).toEqual([
    `master01 active ${urlOf('master01')}`,
    `node01 standby ${urlOf('node01')}`,
    `node02 installing ${urlOf('node02')}`,
  ]);
  expect(view(100_000)).toEqual([
    `master01 active ${urlOf('master01')}`,
    `node01 silent ${urlOf('node01')}`,
    `node02 silent ${urlOf('node02')}`,
  ]);
  store.close();
});

it('says nothing with one control plane, and one sentence with several', async () => {
  coordinator = await start();
  expect((await coordinator.operator('/v1/status')).body.coordinator.all).toBeUndefined();
  const all = [
    { host: 'master01', state: 'standby' },
    { host: 'master02', state: 'active' },
    { host: 'master03', state: 'standby' },
  ] as const;
  expect(coordinatorsText(all)).toEqual({
    en: 'active on master02; standby on master01, master03',
    zh: 'master02 活动；master01、master03 待命',
  });
});
