import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../shared/protocol/audit.ts';
import { readinessSchema } from '../../../shared/protocol/observation.ts';
import {
  allDone,
  bearer,
  enrolled,
  enrolRequest,
  node,
  planText,
  start,
  step,
  type TestCoordinator,
} from '../support.ts';

let coordinator: TestCoordinator;
beforeEach(async () => {
  coordinator = await start();
});
afterEach(() => coordinator.stop());

const metrics = async () => (await coordinator.operator('/metrics')).text;
const audit = async (): Promise<Omit<AuditEntry, 'seq' | 'at'>[]> =>
  (await coordinator.operator('/v1/audit')).body.map(({ seq: _, at: __, ...entry }: AuditEntry) => entry);

describe('health', () => {
  it('is available to anyone', async () => {
    expect(await coordinator.ask('/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
    const { status, body } = await coordinator.ask('/readyz');
    expect(status).toBe(200);
    expect(readinessSchema.parse(body)).toEqual({ ready: true, checks: { store: true, plan: true, fence: true } });
  });

  it('is not ready while the plan file is invalid, and reveals no details', async () => {
    writeFileSync(coordinator.plan, planText().replace('10.77.0.11', '10.77.0.300'));
    await expect.poll(async () => (await coordinator.ask('/readyz')).status, { timeout: 60_000 }).toBe(503);
    const { text } = await coordinator.ask('/readyz');
    expect(JSON.parse(text)).toEqual({ ready: false, checks: { store: true, plan: false, fence: true } });
  });
});

describe('metrics', () => {
  it('require the token; a new token replaces the old one', async () => {
    expect((await coordinator.ask('/metrics')).status).toBe(401);
    const make = async () => (await coordinator.operator('/v1/metrics-tokens', { method: 'POST' })).body.token;
    const first = await make();
    const read = await coordinator.ask('/metrics', { headers: bearer(first) });
    expect(read.status).toBe(200);
    expect(read.headers['content-type']).toContain('version=0.0.4');
    const second = await make();
    expect((await coordinator.ask('/metrics', { headers: bearer(first) })).status).toBe(401);
    expect((await coordinator.ask('/metrics', { headers: bearer(second) })).status).toBe(200);
    expect((await coordinator.ask('/v1/status', { headers: bearer(second) })).status).toBe(401);
  });

  it('count hosts by phase, agents by version and open tokens', async () => {
    const agent = await enrolled(coordinator, 'node01');
    await agent.report({ steps: [step('host-name', 'applying')] });
    const text = await metrics();
    expect(text).toContain('muster_hosts{phase="planned"} 2\n');
    expect(text).toContain('muster_hosts{phase="preparing"} 1\n');
    expect(text).toContain('muster_hosts{phase="ready"} 0\n');
    expect(text).toContain('muster_agents{version="0.1.0"} 1\n');
    expect(text).toContain('muster_enrolment_tokens_open 1\n');
    expect(text).toMatch(/muster_store_commit_duration_seconds_count [1-9]/);
  });

  it('count each end of a step once, with its duration and result', async () => {
    const agent = await enrolled(coordinator, 'node01');
    const at = { startedAt: '2026-01-01T00:00:00Z', endedAt: '2026-01-01T00:00:30Z', attempts: 1 };
    const later = { startedAt: '2026-01-01T00:01:00Z', endedAt: '2026-01-01T00:01:02Z', attempts: 2 };
    await agent.report({ steps: [step('packages', 'failed', at)] });
    await agent.report({ steps: [step('packages', 'failed', at), step('images', 'applying')] });
    await agent.report({ steps: [step('packages', 'done', later), step('swap', 'done', { ...at, attempts: 0 })] });
    const text = await metrics();
    expect(text).toContain('muster_step_duration_seconds_sum{step="packages",outcome="failed"} 30\n');
    expect(text).toContain('muster_step_duration_seconds_count{step="packages",outcome="failed"} 1\n');
    expect(text).toContain('muster_step_duration_seconds_sum{step="packages",outcome="done"} 2\n');
    // It was already done, so its duration says nothing.
    expect(text).not.toContain('step="swap"');
  });

  it('measure the time from a host’s enrolment until it is Ready', async () => {
    const agent = await enrolled(coordinator, 'node01');
    await agent.report({ steps: allDone('join'), node: node('node01') });
    await agent.report({ steps: allDone('join'), node: node('node01') });
    expect(await metrics()).toContain('muster_join_duration_seconds_count 1\n');
  });

  it('label routes by their pattern, so that clients cannot add labels', async () => {
    for (const path of ['/x1', '/x2', '/v1/hosts/node01/logs', '/artefacts/../x']) await coordinator.ask(path);
    await coordinator.operator('/v1/hosts/node01/logs');
    const routes = new Set([...(await metrics()).matchAll(/route="([^"]*)"/g)].map(([, route]) => route));
    expect(routes).toContain('/v1/hosts/:name/logs');
    expect([...routes].filter((route) => route?.includes('x1') || route?.includes('node01'))).toEqual([]);
  });
});

describe('the audit log', () => {
  it('records enrolments and tokens with actor, action, target, source and result', async () => {
    await enrolled(coordinator, 'node01');
    expect(await audit()).toEqual([
      { actor: 'socket', remote: '', action: 'createToken', subject: 'node01', status: 201, outcome: 'ok', count: 1 },
      {
        actor: 'anyone',
        remote: '127.0.0.1',
        action: 'enrolHost',
        subject: 'node01',
        status: 200,
        outcome: 'ok',
        count: 1,
      },
    ]);
  });

  it('records refusals with their reason', async () => {
    await coordinator.ask('/v1/enrol', { body: enrolRequest(), headers: bearer('muster-guessed') });
    await coordinator.operator('/v1/tokens', { body: { host: 'node09' } });
    expect(await audit()).toEqual([
      expect.objectContaining({ action: 'enrolHost', status: 401, outcome: 'token-unknown', remote: '127.0.0.1' }),
      expect.objectContaining({ action: 'createToken', status: 404, outcome: 'host-unknown', subject: 'node09' }),
    ]);
  });

  it('records successful and failed logins', async () => {
    const { body } = await coordinator.operator('/v1/login-links', { method: 'POST' });
    const code = new URL(body.url).searchParams.get('code') ?? '';
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (let turn = 0; turn < 2; turn++) {
      await coordinator.ask('/login', { method: 'POST', headers: form, body: `code=${code}` });
    }
    expect((await audit()).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'createLoginLink ok',
      'signIn ok',
      'signIn refused',
    ]);
    expect(JSON.stringify(await audit())).not.toContain(code);
  });

  it('takes no text from a caller without a credential, and records no sign-out without a session', async () => {
    const chosen = 'CHOSEN';
    await coordinator.ask('/v1/enrol', { body: { host: chosen, action: chosen }, headers: bearer(chosen) });
    await coordinator.ask('/v1/credentials', { body: { host: chosen, action: chosen }, headers: bearer(chosen) });
    await coordinator.ask('/login', { method: 'POST', body: { host: chosen, action: chosen, password: chosen } });
    await coordinator.ask('/logout', { method: 'POST', body: { host: chosen, action: chosen } });
    expect((await audit()).map(({ action }) => action)).toEqual(['enrolHost', 'offerCredential', 'signIn']);
    expect(JSON.stringify(await audit())).not.toContain(chosen);
  });

  it('records an enrolment once, however often its answer is asked for again', async () => {
    const headers = bearer(await coordinator.token({ host: 'node01' }));
    const body = enrolRequest({ addresses: ['10.77.0.11'] });
    for (let turn = 0; turn < 5; turn++)
      expect((await coordinator.ask('/v1/enrol', { body, headers })).status).toBe(200);
    expect((await audit()).filter(({ action }) => action === 'enrolHost')).toHaveLength(1);
  });

  it('cannot be filled by a worker or a viewer, whatever they ask for', async () => {
    const { headers } = await enrolled(coordinator, 'node01');
    const login = (await coordinator.operator('/v1/login-links', { body: { role: 'viewer' } })).body;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const code = new URL(login.url).searchParams.get('code');
    const signedIn = await coordinator.ask('/login', { method: 'POST', headers: form, body: `code=${code}` });
    const cookie = String(signedIn.headers['set-cookie']?.[0]).split(';')[0] ?? '';
    const before = (await audit()).length;
    for (let turn = 0; turn < 40; turn++) {
      await coordinator.ask('/v1/cluster-copies/x', { method: 'PUT', headers, body: {} });
      await coordinator.ask('/v1/coordinator-keys', { headers, body: {} });
      await coordinator.ask('/v1/tokens', { headers: { cookie }, body: { host: 'node01' } });
    }
    expect((await audit()).length - before).toBeLessThan(70);
  });

  it('omits the agents’ regular traffic and unknown routes', async () => {
    const agent = await enrolled(coordinator, 'node01');
    const before = (await audit()).length;
    await agent.report();
    await agent.joinCredential(0);
    await coordinator.ask('/nothing', { method: 'POST', body: {} });
    expect(await audit()).toHaveLength(before);
  });

  it('is on disk when the response is sent: the next coordinator has it', async () => {
    await coordinator.token({ host: 'node01' });
    await coordinator.stop({ keep: true });
    coordinator = await start({ folder: coordinator.folder });
    expect(await audit()).toHaveLength(1);
  });
});

describe('events', () => {
  it('can be filtered by host, kind and time, and continued without a gap', async () => {
    await enrolled(coordinator, 'node01');
    await enrolled(coordinator, 'node02');
    const ask = async (query: string) => (await coordinator.operator(`/v1/events?${query}`)).body;
    const all = await ask('');
    expect(all.map(({ kind }: { kind: string }) => kind)).toEqual([
      'token-created',
      'host-enrolled',
      'token-created',
      'host-enrolled',
    ]);
    expect(await ask('host=node01&kind=host-enrolled')).toEqual([all[1]]);
    expect(await ask(`after=${all[1].seq}`)).toEqual(all.slice(2));
    expect(await ask('since=2100-01-01T00:00:00Z')).toEqual([]);
    expect((await coordinator.operator('/v1/events?after=x')).status).toBe(422);
    expect((await ask('lang=zh'))[1].message).toBe('已接入，来自 127.0.0.1');
  });
});
