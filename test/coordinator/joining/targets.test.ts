import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cluster, enrolled, planText, requestsWait, start, type TestCoordinator } from '../support.ts';

let coordinator: TestCoordinator;
let worker: Awaited<ReturnType<typeof enrolled>>;
beforeEach(async () => {
  coordinator = await start();
  worker = await enrolled(coordinator, 'node01');
});
afterEach(() => coordinator.stop());

describe('GET /v1/target', () => {
  it('returns a host’s assignment, and no duties for a worker', async () => {
    const { body, headers } = await worker.target();
    expect(body).toMatchObject({
      assignment: { host: { name: 'node01' }, bootstrap: 'join', cluster: null },
      duties: [],
    });
    expect(headers.etag).toMatch(/^".+"$/);
  });

  it('answers 304 when nothing has changed within the wait', async () => {
    const etag = (await worker.target()).headers.etag ?? '';
    const began = Date.now();
    expect(await worker.target({ etag, wait: 1 })).toMatchObject({ status: 304, text: '' });
    expect(Date.now() - began).toBeGreaterThanOrEqual(950);
    expect((await worker.target({ etag })).status).toBe(304);
    expect((await worker.target({ etag: '"other"', wait: 30 })).status).toBe(200);
  });

  it('returns when a cluster appears, long before the wait ends', async () => {
    const master = await enrolled(coordinator, 'master01');
    const etag = (await worker.target()).headers.etag ?? '';
    const waiting = requestsWait(1);
    const polling = worker.target({ etag, wait: 30 });
    await waiting;
    const began = Date.now();
    await master.report({ cluster: cluster(coordinator.caPem) });
    const answer = await polling;
    expect(Date.now() - began).toBeLessThan(25_000);
    expect(answer.body.assignment.cluster.caPem).toBe(coordinator.caPem);
  });

  it('returns when the plan changes, and tells a host that was removed to make no changes', async () => {
    const etag = (await worker.target()).headers.etag ?? '';
    const polling = worker.target({ etag, wait: 30 });
    writeFileSync(coordinator.plan, planText().replace('name: node01', 'name: node07'));
    const answer = await polling;
    expect(answer.body).toMatchObject({
      assignment: { host: { name: 'node01' } },
      hold: { kind: 'unplanned' },
      duties: [],
    });
  });

  it('releases a poll whose client has disconnected', async () => {
    const etag = (await worker.target()).headers.etag ?? '';
    const controller = new AbortController();
    const waiting = requestsWait(1);
    const polling = worker.target({ etag, wait: 60, signal: controller.signal });
    void waiting.then(() => controller.abort());
    await expect(polling).rejects.toThrow();
    expect((await worker.target()).status).toBe(200);
  });

  it('refuses a wait that is not a number', async () => {
    const answer = await coordinator.ask('/v1/target?wait=long', { headers: worker.headers });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
  });
});
