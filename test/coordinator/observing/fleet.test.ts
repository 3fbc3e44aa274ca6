import { afterEach, beforeEach, expect, it } from 'vitest';
import { titleOf } from '../../../shared/preflight/catalogue.ts';
import { addresses, enrolled, facts, start, type TestCoordinator } from '../support.ts';

let coordinator: TestCoordinator;
beforeEach(async () => {
  coordinator = await start();
});
afterEach(() => coordinator.stop());

const of = (name: keyof typeof addresses, machineId: string) =>
  facts({
    machineId,
    addresses: [
      { interface: 'eth0', address: addresses[name], mac: `02:00:00:00:00:${name.slice(-2)}`, family: 'ipv4' },
    ],
  });
const blocked = async () =>
  (await coordinator.operator('/v1/status')).body.hosts
    .filter(({ phase }: { phase: string }) => phase === 'blocked')
    .map(({ name }: { name: string }) => name);

it('of hosts that cannot be distinguished the later one is held, and continues once it can be', async () => {
  const [first, second] = [await enrolled(coordinator, 'node01'), await enrolled(coordinator, 'node02')];
  await first.report({ facts: of('node01', 'a'.repeat(32)) });
  const { body, headers } = await first.target();
  expect(body.assignment.host.name).toBe('node01');

  expect((await second.target()).body.assignment.host.name).toBe('node02');
  const { headers: seen } = await second.target();
  const polling = second.target({ wait: 30, etag: seen.etag ?? '' });
  await second.report({ facts: of('node02', 'a'.repeat(32)) });
  expect((await polling).body).toMatchObject({
    assignment: null,
    reason: { en: expect.stringContaining(titleOf('unique-machine-id').en) },
  });
  expect((await first.target({ etag: headers.etag ?? '' })).status).toBe(304);
  expect(await blocked()).toEqual(['node02']);

  await second.report({ facts: of('node02', 'b'.repeat(32)) });
  expect((await first.target()).body.assignment.host.name).toBe('node01');
  expect((await second.target()).body.assignment.host.name).toBe('node02');
  expect(await blocked()).toEqual([]);
});

it('no host takes away another’s assignment by claiming its address, whoever reports first', async () => {
  const [thief, owner] = [await enrolled(coordinator, 'node01'), await enrolled(coordinator, 'node02')];
  const stolen = facts({
    machineId: 'c'.repeat(32),
    addresses: [...of('node01', '').addresses, ...of('node02', '').addresses],
  });
  await thief.report({ facts: stolen });
  await owner.report({ facts: of('node02', 'b'.repeat(32)) });
  await thief.report({ facts: { ...stolen, hostname: 'again' } });
  expect((await owner.target()).body.assignment.host.name).toBe('node02');
  expect((await thief.target()).body.assignment).toBeNull();
  expect(await blocked()).toEqual(['node01']);
});
