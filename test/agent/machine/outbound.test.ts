import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../../../agent/facts/reach/attempt.ts';
import { bypasses, outbound } from '../../../agent/machine/outbound.ts';
import { download } from '../../../agent/steps/download.ts';
import type { ClusterSettings } from '../../../shared/plan/schema.ts';
import { fakeHost } from '../fake-host.ts';
import { sampleAssignment } from '../samples.ts';

const credentials = 'svc:p%40ss%3Aword';
/** What the proxy got: method, target, and user and password. */
const seen: string[] = [];
let refuse = false;

const proxy = http.createServer((request, response) => {
  note(request);
  if (refuse) return void response.writeHead(407).end();
  response.end(`from ${request.url}`);
});
proxy.on('connect', (request, socket) => {
  note(request);
  if (refuse) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  const { port } = new URL(`http://${request.url}`);
  const origin = connect(Number(port), '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
  origin
    .on('error', () => socket.destroy())
    .pipe(socket)
    .pipe(origin);
});
function note({ method, url, headers }: http.IncomingMessage): void {
  const [, basic = ''] = /^Basic (.+)$/.exec(headers['proxy-authorization'] ?? '') ?? [];
  seen.push(`${method} ${url} ${Buffer.from(basic, 'base64')}`);
}

let settings: ClusterSettings;
beforeAll(async () => {
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const url = `http://${credentials}@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const sample = sampleAssignment().settings;
  const planned = { http: url, https: url, noProxy: ['.corp.example'] };
  settings = { ...sample, preparation: { ...sample.preparation, proxy: planned } };
});
afterAll(() => void proxy.close().closeAllConnections());
beforeEach(() => {
  seen.length = 0;
  refuse = false;
});

const { signal } = new AbortController();
const means = () => ({ host: fakeHost(), settings, signal });

describe('with a planned proxy', () => {
  it('a key and a manifest are downloaded through it, with user and password: case 71', async () => {
    expect(String(await download('http://key.example/k.asc', means()))).toBe('from http://key.example/k.asc');
    expect(seen).toEqual(['GET http://key.example/k.asc svc:p@ss:word']);
  });

  it('https goes through a tunnel', async () => {
    await expect(download('https://key.example:9/k.asc', means())).rejects.toMatchObject({ code: 'download-failed' });
    expect(seen[0]).toBe('CONNECT key.example:9 svc:p@ss:word');
  });

  it('probes go through it as well', async () => {
    const via = await outbound(fakeHost(), settings);
    expect(await ask('http://m.example/Release', { via })).toMatchObject({ result: 'ok' });
    expect(seen).toHaveLength(1);
  });

  it('what bypasses it is reached directly', async () => {
    const via = await outbound(fakeHost(), settings);
    expect(via('https://registry.corp.example/v2/').agent).toBeUndefined();
    expect(via('https://registry.example/v2/').agent).toBeDefined();
  });

  it.each(['http://key.example/k', 'https://key.example/k'])('a refusal shows no password: %s', async (url) => {
    refuse = true;
    const error = await download(url, means()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'download-failed' });
    const shown = JSON.stringify([error, String(error), await ask(url, { via: await outbound(fakeHost(), settings) })]);
    expect(shown).toContain('407');
    expect(shown).not.toMatch(/p(%40|@)ss/);
  });
});

it('trusts the authorities of the host besides its own', async () => {
  const host = fakeHost({ files: { '/etc/ssl/certs/ca-certificates.crt': 'PEM of the site' } });
  const via = await outbound(host, sampleAssignment().settings);
  const trusted = via('https://key.example').https?.certificateAuthority as string[];
  expect(trusted).toContain('PEM of the site');
  expect(trusted.length).toBeGreaterThan(50);
});

describe('an exception', () => {
  it.each([
    ['http://node01:8080/', 'node01'],
    ['http://192.168.0.7/', '192.168.0.0/24'],
    ['http://a.b.corp/', '.corp'],
    ['http://a.corp/', 'corp'],
    ['http://a.corp/', '*.corp'],
    ['https://A.CORP/', 'a.Corp'],
    ['https://a.corp/', 'a.corp:443'],
    ['http://[fd00::1]/', 'fd00::1'],
    ['http://[::1]/', '::1'],
    ['http://x/', '*'],
  ])('%s is covered by %s', (url, entry) => expect(bypasses(new URL(url), [entry])).toBe(true));

  it.each([
    ['http://acorp/', '.corp'],
    ['http://corp.example/', '.corp'],
    ['http://192.168.1.7/', '192.168.0.0/24'],
    ['http://a.corp:8443/', 'a.corp:443'],
    ['http://10.0.0.1/', '.0.0.1'],
  ])('%s is not covered by %s', (url, entry) => expect(bypasses(new URL(url), [entry])).toBe(false));
});
