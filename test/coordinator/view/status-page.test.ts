import { afterEach, beforeEach, expect, it } from 'vitest';
import { enrolFleet, fleetPlan, portTaken, readyReport } from '../../web/fleet.ts';
import { start, type TestCoordinator } from '../support.ts';

let coordinator: TestCoordinator;
beforeEach(async () => {
  coordinator = await start({ planText: fleetPlan(24) });
});
afterEach(() => coordinator.stop());

const read = async (query: string) => (await coordinator.operator(`/v1/status${query}`)).body;
const names = ({ hosts }: { hosts: { name: string }[] }) => hosts.map(({ name }) => name);

it('without a query is the whole status', async () => {
  const whole = await read('');
  expect(whole.hosts).toHaveLength(25);
  expect(whole.page).toBeUndefined();
});

it('in pages has each host once, in the same order and with the same details', async () => {
  const whole = await read('');
  const hosts: { name: string }[] = [];
  let next = '';
  do {
    const page = await read(`?limit=10${next === '' ? '' : `&after=${next}`}`);
    expect(page.page).toMatchObject({ total: 25, matching: 25, phases: { planned: 25 } });
    expect(page.cluster).toEqual(whole.cluster);
    hosts.push(...page.hosts);
    next = page.page.next ?? '';
  } while (next !== '');
  expect(hosts).toEqual(whole.hosts);
});

it('selects hosts by a part of the name or address, and by phase', async () => {
  const page = await read('?limit=3&search=NODE1');
  expect(names(page)).toEqual(['node10', 'node11', 'node12']);
  expect(page.page).toMatchObject({ total: 25, matching: 10, next: 'node12' });
  const { address } = page.hosts[0];
  expect(names(await read(`?search=${address}`))).toEqual(['node10']);
  expect((await read('?phase=ready')).page).toMatchObject({ matching: 0, next: null });
  expect((await coordinator.operator('/v1/status?phase=other')).status).toBe(422);
});

it('in the order of urgency begins with the hosts that need a person, and ends with the Ready ones', async () => {
  const agents = await enrolFleet(coordinator, 2);
  const blocked = { findings: [portTaken()], steps: [] };
  for (const agent of agents) await agent.send({ ...readyReport(agent), ...(agent.name === 'node02' && blocked) });
  const first = await read('?order=urgency&limit=23');
  expect(names(first)[0]).toBe('node02');
  expect(first.page).toMatchObject({ phases: { blocked: 1, planned: 22, ready: 2 }, readyNodes: 3 });
  expect(names(await read(`?order=urgency&limit=23&after=${first.page.next}`))).toEqual(['master01', 'node01']);
});
