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

it('hosts that cannot be told apart are held, and continue once they can', async () => {
  const [first, second] = [await enrolled(coordinator, 'node01'), await enrolled(coordinator, 'node02')];
  await first.report({ facts: of('node01', 'a'.repeat(32)) });
  const { body, headers } = await first.target();
  expect(body.assignment.host.name).toBe('node01');

  const polling = first.target({ wait: 30, etag: headers.etag ?? '' });
  await second.report({ facts: of('node02', 'a'.repeat(32)) });
  expect((await polling).body).toMatchObject({
    assignment: null,
    reason: expect.stringContaining(titleOf('unique-machine-id').en),
  });
  expect((await second.target()).body.assignment).toBeNull();
  expect(await blocked()).toEqual(['node01', 'node02']);

  await second.report({ facts: of('node02', 'b'.repeat(32)) });
  expect((await first.target()).body.assignment.host.name).toBe('node01');
  expect((await second.target()).body.assignment.host.name).toBe('node02');
  expect(await blocked()).toEqual([]);
});
