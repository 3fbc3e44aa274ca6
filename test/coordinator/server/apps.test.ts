import { once } from 'node:events';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOperatorApp } from '../../../coordinator/server/apps.ts';
import { MusterError } from '../../../shared/errors/errors.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { loginLinkSchema, statusSchema, tokenResponseSchema } from '../../../shared/protocol/status.ts';
import { catalogue } from '../../../shared/steps/catalogue.ts';
import { send, start, type TestCoordinator } from '../support.ts';

let coordinator: TestCoordinator;
beforeAll(async () => {
  coordinator = await start();
});
afterAll(() => coordinator.stop());

const create = (body: unknown) => coordinator.operator('/v1/tokens', { body });

describe('the operator’s socket', () => {
  it('is accessible to its owner only', () => {
    expect(statSync(coordinator.socket).mode & 0o777).toBe(0o600);
  });

  it('returns install commands with the pin and a token', async () => {
    const { status, body } = await create({ workers: true });
    expect(status).toBe(201);
    expect(tokenResponseSchema.parse(body)).toMatchObject({
      hosts: ['node01', 'node02'],
      command: expect.stringContaining(`sha256//${coordinator.pin}`),
    });
    expect((await create({ host: 'node01' })).body.command).toMatch(/MUSTER_TOKEN=muster-[\w-]{43} /);
  });

  it('refuses a token for an unplanned host, and lists the planned ones', async () => {
    expect(await create({ host: 'node09' })).toMatchObject({
      status: 404,
      body: {
        code: 'host-unknown',
        params: { host: 'node09' },
      },
    });
    expect((await create({ host: 1 })).status).toBe(422);
  });

  it('returns the status and the plan', async () => {
    const { body } = await coordinator.operator('/v1/status');
    expect(statusSchema.parse(body).cluster.summary.en).toBe('0 of 3 nodes Ready; no host has enrolled yet.');
    expect((await coordinator.operator('/v1/plan')).body.settings.name).toBe('demo');
  });

  it('returns the output of planned hosts', async () => {
    expect((await coordinator.operator('/v1/hosts/node01/logs')).body).toEqual({ lines: [] });
    expect(await coordinator.operator('/v1/hosts/x/logs')).toMatchObject({
      status: 404,
      body: { code: 'host-unknown' },
    });
    expect((await coordinator.operator('/v1/hosts/node01/logs?after=x')).status).toBe(422);
  });
});

it('a standby’s socket refuses with a code what no active coordinator answers', async () => {
  const peers = { toActive: () => (_: unknown, __: unknown, next: (error: Error) => void) => next(refusal) };
  const refusal = new MusterError('no-active');
  const server = createOperatorApp({ peers, log: silentLogger() } as never).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await send(http, { host: '127.0.0.1', port, path: '/v1/events' }, {});
  expect(answer).toMatchObject({ status: 503, body: { code: 'no-active' } });
  server.close();
});

describe('over HTTPS', () => {
  it('serves the operator’s API after a sign-in by link, without the routes of the socket', async () => {
    for (const path of ['/v1/status', '/v1/hosts/node01/logs']) expect((await coordinator.ask(path)).status).toBe(401);
    const { body } = await coordinator.operator('/v1/login-links', { method: 'POST' });
    const link = loginLinkSchema.parse(body);
    expect(link.certificateSha256).toBe(coordinator.certificateSha256);
    const code = new URL(link.url).searchParams.get('code') ?? '';
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const login = await coordinator.ask('/login', { method: 'POST', headers: form, body: `code=${code}` });
    const cookie = login.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const status = await coordinator.ask('/v1/status', { headers: { cookie } });
    expect(statusSchema.parse(status.body).cluster.name).toBe('demo');
    const password = { password: 'a long enough password' };
    for (const [method, path, body] of [
      ['POST', '/v1/login-links', { role: 'operator' }],
      ['PUT', '/v1/passwords/viewer', password],
      ['DELETE', '/v1/passwords/viewer'],
    ] as const) {
      const answer = await coordinator.ask(path, { method, headers: { cookie }, body });
      expect(answer.status, `${method} ${path}`).toBe(404);
      expect((await coordinator.operator(path, { method, body })).status).toBeLessThan(300);
    }
  });

  it('serves the installer with the hashes of its artefacts, and byte ranges of artefacts', async () => {
    expect(await coordinator.ask('/install.sh')).toMatchObject({ status: 503, body: { code: 'artefacts-missing' } });
    const folder = join(coordinator.folder, 'artefacts');
    mkdirSync(folder);
    writeFileSync(join(folder, 'install.sh'), '@COORDINATORS@ @CA@ @RELEASE_KEY@ @ARTEFACTS@');
    writeFileSync(join(folder, 'release.pub'), '-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n');
    writeFileSync(join(folder, 'agent.tar.gz'), 'hello');
    const script = await coordinator.ask('/install.sh');
    expect(script.text).toContain('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824 agent.tar.gz');
    expect(script.text).toContain(coordinator.url);
    const part = await coordinator.ask('/artefacts/agent.tar.gz', { headers: { range: 'bytes=1-2' } });
    expect(part).toMatchObject({ status: 206, text: 'el' });
    expect((await coordinator.ask('/artefacts/..%2fcluster.yaml')).status).toBeGreaterThanOrEqual(400);
    expect((await coordinator.ask('/artefacts/x.tar.gz')).status).toBe(404);
  });
});

describe('the status’ language', () => {
  const { title } = catalogue[0];
  const titleFor = async (path: string, language?: string) => {
    const headers = language === undefined ? {} : { headers: { 'accept-language': language } };
    return (await coordinator.operator(path, headers)).body.hosts[0].steps[0].title;
  };

  it('is the reader’s preferred one, and English when none matches', async () => {
    expect(await titleFor('/v1/status', 'zh-CN,zh;q=0.9,en;q=0.8')).toBe(title.zh);
    for (const language of ['en-US,en;q=0.9,zh;q=0.8', 'fr', undefined]) {
      expect(await titleFor('/v1/status', language)).toBe(title.en);
    }
  });

  it('is the one of ?lang=, whatever the browser prefers', async () => {
    expect(await titleFor('/v1/status?lang=zh', 'en')).toBe(title.zh);
    expect(await titleFor('/v1/status?lang=xx', 'en')).toBe(title.en);
  });
});
