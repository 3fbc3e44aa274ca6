import { afterEach, beforeEach, expect, it } from 'vitest';
import { enrolled, start, type TestCoordinator } from '../../support.ts';

let coordinator: TestCoordinator;
beforeEach(async () => {
  coordinator = await start();
});
afterEach(() => coordinator.stop());

it.each(['{', '"text"', 'null', '1', 'nothing'])('refuses the body %s, which is no JSON object', async (body) => {
  const { headers } = await enrolled(coordinator, 'node01');
  const answer = await coordinator.ask('/v1/reports', { method: 'POST', headers, body });
  expect([answer.status, answer.body.code]).toEqual([400, 'malformed']);
});

it('takes an absent body as an empty object', async () => {
  const { headers } = await enrolled(coordinator, 'node01');
  expect((await coordinator.ask('/v1/reports', { method: 'POST', headers })).body.code).toBe('invalid');
});
