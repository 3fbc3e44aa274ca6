import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, start, type TestCoordinator } from '../support.ts';

let coordinator: TestCoordinator;
beforeAll(async () => {
  coordinator = await start({ limits: { login: 1000 } });
});
afterAll(() => coordinator.stop());

const own = () => `https://127.0.0.1:${coordinator.port}`;
const host = () => ({ host: `127.0.0.1:${coordinator.port}` });

const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  coordinator.ask(path, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { ...host(), 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });

async function code(role?: string): Promise<string> {
  const { body } = await coordinator.operator('/v1/login-links', { body: role === undefined ? {} : { role } });
  return new URL(body.url).searchParams.get('code') ?? '';
}

function cookieOf(answer: Answer): string {
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

/** Sends requests as a browser that has signed in. */
async function session(role?: string) {
  const cookie = cookieOf(await post('/login', { code: await code(role) }));
  return (path: string, more: Parameters<TestCoordinator['ask']>[1] = {}) =>
    coordinator.ask(path, { ...more, headers: { cookie, ...host(), ...more.headers } });
}

const setPassword = (role: string, password: string) =>
  coordinator.operator(`/v1/passwords/${role}`, { method: 'PUT', body: { password } });

describe('without a session', () => {
  it('every page is the login page, which explains how to sign in, and shows nothing of the cluster', async () => {
    for (const path of ['/', '/hosts/node01', '/timeline', '/login']) {
      const { status, text } = await coordinator.ask(path);
      expect(status).toBe(401);
      expect(text).toContain('muster login');
      expect(text).not.toContain('node01');
      expect(text).not.toContain('data-role');
    }
  });

  it('JSON routes and the stream answer 401 with a problem and its remedy', async () => {
    for (const path of ['/v1/status', '/v1/stream', '/v1/hosts/node01', '/v1/plan', '/v1/events', '/v1/tokens']) {
      const { status, body } = await coordinator.ask(path);
      expect(status).toBe(401);
      expect(body).toMatchObject({ code: 'session-needed', remedy: { en: expect.stringContaining('muster login') } });
    }
  });

  it('a forged cookie is refused', async () => {
    const headers = { cookie: 'muster_session=guess; other=1' };
    expect((await coordinator.ask('/', { headers })).status).toBe(401);
    expect((await coordinator.ask('/v1/status', { headers })).status).toBe(401);
  });

  it('the login page uses the browser’s language, or the requested one', async () => {
    expect((await coordinator.ask('/', { headers: { 'accept-language': 'zh-CN' } })).text).toContain('<h1>登录</h1>');
    expect((await coordinator.ask('/login?lang=zh')).text).toContain('lang="zh-Hans"');
    expect((await coordinator.ask('/')).text).toContain('<h1>Sign in</h1>');
  });
});

describe('signing in by a link', () => {
  it('requires the button, not only opening the link, and works once', async () => {
    const one = await code();
    for (let visit = 0; visit < 2; visit += 1) {
      const form = await coordinator.ask(`/login?code=${one}`);
      expect(form.status).toBe(200);
      expect(form.text).toContain(`value="${one}"`);
    }
    const first = await post('/login', { code: one });
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    const again = await post('/login', { code: one });
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.text).toContain('muster login');
  });

  it('sets a cookie for this server only, over TLS, unavailable to scripts', async () => {
    const answer = await post('/login', { code: await code() });
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^muster_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it('refuses a wrong code, a missing one, and one that is not text', async () => {
    expect((await post('/login', { code: 'wrong' })).status).toBe(403);
    expect((await post('/login', {})).status).toBe(403);
    expect((await coordinator.ask('/login?code[]=a&code[]=b')).status).toBe(401);
  });

  it('ends with the sign-out', async () => {
    const ask = await session();
    expect((await ask('/v1/status')).status).toBe(200);
    expect((await ask('/logout', { method: 'POST', headers: { origin: own() } })).status).toBe(303);
    expect((await ask('/v1/status')).status).toBe(401);
  });
});

describe('signing in by password', () => {
  it('is not offered before one is set', async () => {
    expect((await coordinator.ask('/login')).text).not.toContain('type="password"');
    expect((await post('/login', { password: 'anything at all' })).status).toBe(403);
  });

  it('gives the role of the password, and ends when the password is set again', async () => {
    expect((await setPassword('viewer', 'only looking')).status).toBe(204);
    expect((await setPassword('operator', 'may also act')).status).toBe(204);
    expect((await coordinator.ask('/login')).text).toContain('type="password"');
    expect((await post('/login', { password: 'wrong one' })).status).toBe(403);

    const cookie = cookieOf(await post('/login', { password: 'only looking' }));
    const looking = () => coordinator.ask('/', { headers: { cookie } });
    expect((await looking()).text).toContain('data-role="viewer"');
    const acting = cookieOf(await post('/login', { password: 'may also act' }));
    expect((await coordinator.ask('/', { headers: { cookie: acting } })).text).toContain('data-role="operator"');

    await setPassword('viewer', 'another one');
    expect((await looking()).status).toBe(401);
    expect((await coordinator.ask('/', { headers: { cookie: acting } })).status).toBe(200);
  });

  it('refuses to set a short password', async () => {
    expect(await setPassword('viewer', 'short')).toMatchObject({ status: 422, body: { code: 'invalid' } });
    expect((await setPassword('root', 'long enough')).status).toBe(422);
  });

  it('is limited to a number of attempts per minute', async () => {
    const strict = await start();
    const tries = Array.from({ length: 11 }, () =>
      strict.ask('/login', {
        method: 'POST',
        body: 'code=x',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    await strict.stop();
  });
});

describe('with a session', () => {
  it('an operator may make a token and revoke it, and the events name the actor', async () => {
    const ask = await session();
    const headers = { origin: own() };
    const made = await ask('/v1/tokens', { body: { host: 'node01' }, headers });
    expect(made.status).toBe(201);
    expect(made.body.command).toContain('MUSTER_TOKEN=');
    const [token] = (await ask('/v1/tokens')).body.tokens;
    expect(token).toMatchObject({ host: 'node01', uses: [] });
    expect(made.body.command).not.toContain(token.id);
    expect((await ask(`/v1/tokens/${token.id}`, { method: 'DELETE', headers })).status).toBe(204);
    expect((await ask(`/v1/tokens/${token.id}`, { method: 'DELETE', headers })).status).toBe(404);
    const events: { kind: string; message: string }[] = (await ask('/v1/events')).body;
    expect(events.filter(({ kind }) => kind === 'page-action').at(-1)?.message).toBe(
      `an operator (link) from 127.0.0.1: DELETE /v1/tokens/${token.id}`,
    );
    expect(events.some(({ kind, message }) => kind === 'login' && message.includes('127.0.0.1'))).toBe(true);
  });

  it('a viewer may only read', async () => {
    const ask = await session('viewer');
    expect((await ask('/v1/status')).status).toBe(200);
    const answer = await ask('/v1/tokens', { body: { workers: true }, headers: { origin: own() } });
    expect(answer).toMatchObject({ status: 403, body: { code: 'operator-needed' } });
  });

  it('is not usable from another site’s page', async () => {
    const ask = await session();
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: own() },
    ] as Record<string, string>[]) {
      const answer = await ask('/v1/tokens', { body: { workers: true }, headers });
      expect(answer).toMatchObject({ status: 403, body: { code: 'other-site' } });
    }
    expect((await post('/login', { code: await code() }, { origin: 'https://evil.example' })).status).toBe(403);
  });

  it('what only the socket’s owner may do stays on the socket', async () => {
    const ask = await session();
    const headers = { origin: own() };
    expect((await ask('/v1/login-links', { body: {}, headers })).status).toBe(404);
    expect(
      (await ask('/v1/passwords/operator', { method: 'PUT', body: { password: 'long enough' }, headers })).status,
    ).toBe(404);
  });

  it('a host is returned in full, and an unplanned one is a 404', async () => {
    const ask = await session();
    expect((await ask('/v1/hosts/node01?lang=zh')).body).toMatchObject({ name: 'node01', summary: { zh: '尚未接入' } });
    expect((await ask('/v1/hosts/nope')).status).toBe(404);
  });
});

describe('the page itself', () => {
  it('forbids inline code, framing, content sniffing and caching', async () => {
    const ask = await session();
    for (const { headers } of [await ask('/'), await coordinator.ask('/')]) {
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; " +
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  it('needs nothing that its policy forbids, and nothing from other origins', async () => {
    const ask = await session();
    const { text } = await ask('/');
    expect(text).not.toMatch(/ style=| on\w+=|<style|<script(?! (?:type="module" )?src="\/assets\/)/);
    expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('transfers less than 100 KB in total, and each file is cached permanently under a hashed name', async () => {
    const ask = await session();
    const { text } = await ask('/');
    const paths = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(paths).toHaveLength(4);
    let size = text.length;
    for (const path of paths) {
      const answer = await coordinator.ask(path, { headers: { 'accept-encoding': 'gzip' } });
      expect(answer.status).toBe(200);
      expect(answer.headers['content-encoding']).toBe('gzip');
      expect(answer.headers['cache-control']).toContain('immutable');
      size += Number(answer.headers['content-length']);
    }
    expect(size).toBeGreaterThan(10_000);
    expect(size).toBeLessThan(100_000);
    expect((await coordinator.ask('/assets/manifest.json')).status).toBe(404);
  });
});
