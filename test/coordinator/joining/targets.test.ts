import { hash } from 'node:crypto';
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

  it('returns when the plan changes, and holds changes on a host that was removed', async () => {
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

  it('answers the next request after a client has disconnected during its poll', async () => {
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

describe('GET /v1/target?shared=reference', () => {
  const byReference = (etag = '') =>
    coordinator.ask('/v1/target?shared=reference', {
      headers: { ...worker.headers, ...(etag === '' ? {} : { 'if-none-match': etag }) },
    });
  const part = (sha256: string, headers: Record<string, string> = {}) =>
    coordinator.ask(`/v1/target-parts/${sha256}`, { headers: { ...worker.headers, ...headers } });

  it('names the settings by their SHA-256, and a request returns them', async () => {
    const { settings, ...own } = (await worker.target()).body.assignment;
    const { body } = await byReference();
    expect(body.assignment).toEqual({ ...own, settingsRef: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const answer = await part(body.assignment.settingsRef);
    expect(answer.body).toEqual(settings);
    expect(hash('sha256', answer.text)).toBe(body.assignment.settingsRef);
  });

  it('has a tag of its own, which changes with the settings', async () => {
    const etag = (await byReference()).headers.etag ?? '';
    expect(etag).not.toBe((await worker.target()).headers.etag);
    expect((await byReference(etag)).status).toBe(304);
    writeFileSync(coordinator.plan, planText().replace('version: 1.23.0', 'version: 1.23.1'));
    await expect.poll(async () => (await byReference(etag)).status).toBe(200);
    expect((await byReference()).headers.etag).not.toBe(etag);
  });

  it('returns a part compressed if the host accepts that', async () => {
    const { settingsRef } = (await byReference()).body.assignment;
    const packed = await part(settingsRef, { 'accept-encoding': 'gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect((await part(settingsRef)).headers['content-encoding']).toBeUndefined();
  });

  it('returns only parts of the host’s own target, because those of the first control plane contain secrets', async () => {
    const secret = `components: {initConfiguration: {certificateKey: ${'ab'.repeat(32)}}}`;
    await coordinator.stop();
    coordinator = await start({ planText: planText().replace('packages: aliyun', `packages: aliyun\n  ${secret}`) });
    worker = await enrolled(coordinator, 'node01');
    const master = await enrolled(coordinator, 'master01');
    const answer = await coordinator.ask('/v1/target?shared=reference', { headers: master.headers });
    const { settingsRef } = answer.body.assignment;
    expect(await part(settingsRef)).toMatchObject({ status: 404, body: { code: 'target-part-unknown' } });
    expect((await coordinator.ask(`/v1/target-parts/${settingsRef}`, { headers: master.headers })).status).toBe(200);
  });
});
