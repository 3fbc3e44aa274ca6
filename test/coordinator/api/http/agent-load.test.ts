import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../../../../shared/protocol/enrolment.ts';
import { enrolled, start, type TestCoordinator } from '../../support.ts';

const burst = 100;
let coordinator: TestCoordinator;
beforeAll(async () => {
  coordinator = await start({ limits: { agents: { burst, refillMs: 3600_000 } } });
});
afterAll(() => coordinator.stop());

it('one host’s requests are refused beyond what an agent sends, unread, and other hosts’ are not', async () => {
  const [flooding, other] = [await enrolled(coordinator, 'node01'), await enrolled(coordinator, 'node02')];
  // Refused as invalid, once it was read.
  const large = () => coordinator.ask(routes.reports, { headers: flooding.headers, body: `"${'x'.repeat(900_000)}"` });
  expect((await large()).status).toBe(400);
  const answer = await large();
  expect(answer).toMatchObject({ status: 429, body: { code: 'host-too-busy' } });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  const small = async () => (await coordinator.ask(routes.target, { headers: flooding.headers })).status;
  const statuses = [];
  for (let count = 0; count < burst; count += 1) statuses.push(await small());
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  expect((await other.target()).status).toBe(200);
});

it('a compressed body, which costs more than its size, is refused', async () => {
  const { headers } = await enrolled(coordinator, 'master01');
  const body = gzipSync(JSON.stringify({ host: 'x'.repeat(900_000) })).toString('latin1');
  const answer = await coordinator.ask(routes.reports, { headers: { ...headers, 'content-encoding': 'gzip' }, body });
  expect(answer.status).toBe(415);
});
