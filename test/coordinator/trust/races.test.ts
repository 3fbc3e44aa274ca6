import { afterEach, beforeEach, expect, it } from 'vitest';
import { addresses, bearer, enrolRequest, secret, start, type TestCoordinator } from '../support.ts';

let coordinator: TestCoordinator;
beforeEach(async () => {
  coordinator = await start({ limits: { enrol: 1000, login: 1000 } });
});
afterEach(() => coordinator.stop());

const atOnce = <T>(count: number, ask: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => ask(index)));

it('one enrolment token enrols one of fifty that use it at once', async () => {
  const headers = bearer(await coordinator.token({ host: 'node01' }));
  const answers = await atOnce(50, () => {
    const { credentialSha256 } = secret();
    const body = enrolRequest({ credentialSha256, addresses: [addresses.node01] });
    return coordinator.ask('/v1/enrol', { body, headers });
  });
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set([undefined, 'token-used']));
});

it('one login link signs in one of fifty that use it at once', async () => {
  const { body } = await coordinator.operator('/v1/login-links', { method: 'POST' });
  const code = new URL(body.url).searchParams.get('code');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answers = await atOnce(50, () => coordinator.ask('/login', { method: 'POST', headers, body: `code=${code}` }));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter((answer) => answer.headers['set-cookie'] !== undefined)).toHaveLength(1);
});

it('of fifty retries with one credential all get the same answer', async () => {
  const headers = bearer(await coordinator.token({ host: 'node01' }));
  const { credentialSha256 } = secret();
  const body = enrolRequest({ credentialSha256, addresses: [addresses.node01] });
  const answers = await atOnce(50, () => coordinator.ask('/v1/enrol', { body, headers }));
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
});
