import { afterEach, describe, expect, test } from 'vitest';
import { createClient } from '../../../agent/link/client.ts';
import { MusterError } from '../../../shared/errors/errors.ts';
import { type FakeCoordinator, fakeCoordinator } from '../fake-coordinator.ts';
import { sampleAssignment } from '../samples.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function start(...args: Parameters<typeof fakeCoordinator>): Promise<FakeCoordinator> {
  const coordinator = await fakeCoordinator(...args);
  opened.push(coordinator);
  return coordinator;
}

function clientOf(coordinator: { url: string; ca: string }, bearer = 'secret') {
  const client = createClient({ ...coordinator, bearer });
  opened.unshift(client);
  return client;
}

const errorOf = async (work: Promise<unknown>): Promise<MusterError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof MusterError) return error;
  throw new Error(`a MusterError was expected, not ${error}`);
};
const signal = new AbortController().signal;
const report = { host: 'node01', bootId: 'b', sentAt: '2026-01-01T00:00:00Z', agentVersion: '0.1.0' };

describe('the client', () => {
  test('sends its credential, and reads a target with its tag', async () => {
    const target = { assignment: sampleAssignment(), reason: { en: '', zh: '' }, duties: [] };
    const coordinator = await start(() => ({ body: target, headers: { etag: '"7"' } }));
    const answer = await clientOf(coordinator).target('"6"', 50, signal);
    expect(answer).toEqual({ target, etag: '"7"' });
    const [request] = coordinator.requests;
    expect(request?.headers).toMatchObject({ authorization: 'Bearer secret', 'if-none-match': '"6"' });
    expect(request?.query.get('wait')).toBe('50');
  });

  test('treats 304 as unchanged', async () => {
    const coordinator = await start(() => ({ status: 304 }));
    expect(await clientOf(coordinator).target('"6"', 0, signal)).toBeNull();
  });

  test('refuses a server of another CA before sending anything', async () => {
    const coordinator = await start(() => ({ status: 204 }));
    const other = await start(() => ({ status: 204 }));
    const error = await errorOf(clientOf({ url: coordinator.url, ca: other.ca }).report(report));
    expect(error).toMatchObject({ code: 'untrusted-coordinator', exit: 77 });
    expect(coordinator.requests).toEqual([]);
  });

  test('refuses a server whose certificate is for another address', async () => {
    const coordinator = await start(() => ({ status: 204 }), { address: '127.0.0.2' });
    expect(await errorOf(clientOf(coordinator).report(report))).toMatchObject({ code: 'untrusted-coordinator' });
    expect(coordinator.requests).toEqual([]);
  });

  test('passes on the coordinator’s message, status and retry time', async () => {
    const body = {
      code: 'token-expired',
      params: { host: 'node01' },
      message: { en: 'This token has expired.', zh: '该令牌已过期。' },
      remedy: { en: 'muster token create node01', zh: 'muster token create node01' },
    };
    const coordinator = await start(() => ({ status: 410, headers: { 'retry-after': '7' }, body }));
    const error = await errorOf(clientOf(coordinator).report(report));
    expect(error.toProblem()).toEqual(body);
    expect(error).toMatchObject({ status: 410, retryAfter: 7 });
  });

  test('reports that the coordinator is unreachable', async () => {
    const coordinator = await fakeCoordinator(() => ({}));
    await coordinator.close();
    const error = await errorOf(clientOf(coordinator).report(report));
    expect(error).toMatchObject({ code: 'unreachable', status: 503, exit: 69 });
    expect(error.remedy?.en).toContain('muster-coordinator');
  });

  test('refuses an answer that does not match the schema', async () => {
    const coordinator = await start(() => ({ body: { hello: 'world' } }));
    expect(await errorOf(clientOf(coordinator).joinCredential(1, null, signal))).toMatchObject({
      code: 'unexpected-answer',
    });
  });

  test('does not follow redirects', async () => {
    const elsewhere = await start(() => ({ status: 204 }));
    const coordinator = await start(() => ({ status: 307, headers: { location: `${elsewhere.url}/v1/reports` } }));
    await errorOf(clientOf(coordinator).report(report));
    expect(elsewhere.requests).toEqual([]);
  });

  test('reuses one connection for all requests', async () => {
    const coordinator = await start(() => ({ status: 204 }));
    const client = clientOf(coordinator);
    for (let i = 0; i < 3; i += 1) await client.report(report);
    expect(new Set(coordinator.requests.map(({ port }) => port)).size).toBe(1);
  });
});
