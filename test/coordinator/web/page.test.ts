import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { afterEach, expect, test } from 'vitest';
import { pageRouter, requireSession } from '../../../coordinator/web/index.ts';
import { createSessions } from '../../../coordinator/web/sessions.ts';
import { verbatim } from '../../../shared/local-text.ts';
import type { LogPage, Status } from '../../../shared/protocol/status.ts';
import { plannedHost, sampleLogs, sampleStatus } from './sample.ts';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function start({ status = sampleStatus(), logs = () => sampleLogs() }: Partial<Fixture> = {}) {
  const sessions = createSessions({ now: () => new Date() });
  const app: Express = express();
  app.use('/v1/status', requireSession(sessions), (_request, response) => void response.json({ secret: true }));
  app.use(
    pageRouter({ status: () => status, logs: (host, after) => (after > 0 ? { lines: [] } : logs(host)), sessions }),
  );
  const server = createServer(app).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const signIn = (code: string) =>
    fetch(`${url}/login`, { method: 'POST', body: new URLSearchParams({ code }), redirect: 'manual' });
  const cookie = async () => (await signIn(sessions.createCode().code)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return {
    sessions,
    signIn,
    anonymous: (path: string) => fetch(url + path, { redirect: 'manual' }),
    async page(path: string) {
      const response = await fetch(url + path, { headers: { cookie: await cookie() } });
      return { response, text: await response.text() };
    },
    get: (path: string, headers: Record<string, string>) => fetch(url + path, { headers }),
    cookie,
  };
}

interface Fixture {
  status: Status;
  logs: (host: string) => LogPage;
}

test('without a session every page is the login page, which tells how to get in, and shows nothing of the cluster', async () => {
  const { anonymous } = await start();
  for (const path of ['/', '/hosts/node01', '/login']) {
    const response = await anonymous(path);
    const text = await response.text();
    expect(response.status).toBe(401);
    expect(text).toContain('muster login');
    expect(text).not.toContain('node01');
  }
  expect((await anonymous('/fragment/')).status).toBe(401);
  expect((await anonymous('/fragment/hosts/node01')).status).toBe(401);
});

test('JSON routes answer 401 with a problem and its remedy', async () => {
  const { anonymous, get, cookie } = await start();
  const response = await anonymous('/v1/status');
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({
    code: 'session-needed',
    remedy: expect.stringContaining('muster login'),
  });
  expect((await get('/v1/status', { cookie: await cookie() })).status).toBe(200);
});

test('opening the link does not spend the code; the button does, once', async () => {
  const { sessions, anonymous, signIn } = await start();
  const { code } = sessions.createCode();
  for (let visit = 0; visit < 2; visit += 1) {
    const form = await anonymous(`/login?code=${code}`);
    expect(form.status).toBe(200);
    expect(await form.text()).toContain(`value="${code}"`);
  }
  const first = await signIn(code);
  expect(first.status).toBe(303);
  expect(first.headers.get('location')).toBe('/');
  const again = await signIn(code);
  expect(again.status).toBe(403);
  expect(again.headers.getSetCookie()).toEqual([]);
  expect(await again.text()).toContain('muster login');
});

test('the session cookie is for this server, over TLS, out of reach of scripts', async () => {
  const { sessions, signIn } = await start();
  const [cookie] = (await signIn(sessions.createCode().code)).headers.getSetCookie();
  expect(cookie).toMatch(/^muster_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
});

test('a wrong code, none, and one that is no text are refused', async () => {
  const { signIn, anonymous } = await start();
  expect((await signIn('wrong')).status).toBe(403);
  expect((await signIn('')).status).toBe(403);
  expect((await anonymous('/login?code[]=a&code[]=b')).status).toBe(401);
});

test('a made-up cookie opens nothing', async () => {
  const { get } = await start();
  expect((await get('/', { cookie: 'muster_session=guess; other=1' })).status).toBe(401);
});

test('every page forbids inline code, framing, sniffing and keeping', async () => {
  const { page, anonymous } = await start();
  const answers = [(await page('/')).response, await anonymous('/'), await anonymous('/page.js')];
  for (const { headers } of answers) {
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  }
});

test('the page needs nothing that its policy forbids', async () => {
  const { page } = await start();
  for (const path of ['/', '/hosts/node01']) {
    const { text } = await page(path);
    expect(text).not.toMatch(/ style=| on\w+=|<style|<script(?! src="\/page\.js" defer>)/);
    expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  }
});

test('every asset that the page names is there, with its type', async () => {
  const { page, anonymous } = await start();
  const { text } = await page('/');
  const paths = [...text.matchAll(/(?:src|href)="(\/[\w.]+\.\w+)"/g)].map(([, path]) => path ?? '');
  expect(paths).toContain('/page.js');
  for (const path of paths) {
    const response = await anonymous(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/javascript|css|svg/);
  }
});

test('the first page shows the cluster’s sentence and each host’s role, phase, progress, step and last contact', async () => {
  const { page } = await start();
  const { response, text } = await page('/');
  expect(response.status).toBe(200);
  expect(text).toContain('1 of 4 nodes Ready; node01 is installing packages, 48 s');
  expect(text).toContain('Kubernetes 1.23.0');
  const row = text.slice(text.indexOf('<th role="rowheader" scope="row"><a href="/hosts/node01">'));
  for (const part of [
    'worker · 192.168.0.131',
    'preparing',
    '8/15',
    'Install and hold the runtime',
    '48 s',
    '2 s ago',
  ]) {
    expect(row.slice(0, row.indexOf('</tr>'))).toContain(part);
  }
});

test('what a silent host did last is not shown as what it does now', async () => {
  const { page } = await start();
  const { text } = await page('/');
  const row = text.slice(text.indexOf('<th role="rowheader" scope="row"><a href="/hosts/node03">'));
  expect(row).toContain('no contact for 4 min 10 s');
  expect(row.slice(0, row.indexOf('</tr>'))).not.toContain('Pull the images');
});

test('what needs a person comes with its command; what muster mends itself does not', async () => {
  const { page } = await start();
  const { text } = await page('/');
  expect(text).toContain('k3s listens on 10250; needed: nothing on 10250');
  expect(text).toContain('<code class="command">systemctl disable --now k3s</code>');
  expect(text).not.toContain('/dev/sda2');
});

test('before the first host has enrolled, the page says what to run', async () => {
  const { page } = await start({ status: sampleStatus({ hosts: [plannedHost('node01', '192.168.0.131')] }) });
  expect((await page('/')).text).toContain('muster token create --workers');
  const { page: later } = await start();
  expect((await later('/')).text).not.toContain('muster token create --workers');
});

test('problems of the plan and nodes outside it are shown', async () => {
  const base = sampleStatus();
  const { page } = await start({
    status: {
      ...base,
      planProblems: ['cluster.yaml:12: read "x"'],
      cluster: { ...base.cluster, unplannedNodes: [{ name: 'stranger', ready: false, version: 'v1.22.1' }] },
    },
  });
  const { text } = await page('/');
  expect(text).toContain('cluster.yaml:12: read &quot;x&quot;');
  expect(text).toContain('stranger: not Ready, v1.22.1');
});

test('a host’s page shows its facts, findings, steps and the newest lines of its output', async () => {
  const line = sampleLogs().lines[0];
  if (line === undefined) throw new Error('the sample has changed');
  const lines = Array.from({ length: 250 }, (_, index) => ({ ...line, seq: index + 1, text: `line-${index + 1};` }));
  const { page } = await start({ logs: () => ({ lines }) });
  const { text } = await page('/hosts/node01');
  for (const part of ['Debian GNU/Linux 12', '/dev/sda2', 'applying · 48 s', 'done · 5 s', 'line-250;', 'line-51;']) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain('line-50;');
});

test('a host that the plan does not have is a 404 that names those it has', async () => {
  const { page } = await start();
  const { response, text } = await page('/hosts/nope');
  expect(response.status).toBe(404);
  expect(text).toContain('href="/hosts/master01"');
});

test('the fragment is the title and the main element of the same page', async () => {
  const { page } = await start();
  const whole = (await page('/')).text;
  const { text } = await page('/fragment/');
  expect(text).toMatch(/^<title>1\/4 Ready · demo<\/title><main id="main">/);
  expect(whole).toContain(text.slice(text.indexOf('<main')));
  expect((await page('/fragment/hosts/node02')).text).toContain('<h1>node02');
});

test('nothing that a host says becomes markup or drives anything', async () => {
  const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>\x1b]0;owned\x07';
  const base = sampleStatus();
  const host = base.hosts[1];
  if (host?.facts == null) throw new Error('the sample has changed');
  const finding = {
    id: evil,
    level: 'error' as const,
    seen: verbatim(evil),
    needed: verbatim(evil),
    remedy: verbatim(evil),
    command: evil,
    mends: false,
    lowered: { from: 'error' as const, reason: evil },
  };
  const hostile = {
    ...host,
    phase: 'failed' as const,
    summary: evil,
    remedy: evil,
    agentVersion: evil,
    steps: host.steps.map((step) => ({ ...step, message: evil, remedy: evil })),
    findings: [finding],
    facts: { ...host.facts, kernel: evil, os: { ...host.facts.os, prettyName: evil } },
  };
  const { page } = await start({
    status: { ...base, planProblems: [evil], cluster: { ...base.cluster, summary: evil }, hosts: [hostile] },
    logs: () => sampleLogs(evil),
  });
  for (const path of ['/', '/hosts/node01', '/fragment/', '/fragment/hosts/node01']) {
    const { text } = await page(path);
    expect(text).toContain('&lt;script&gt;');
    for (const part of ['<script>', '<img src=x', '\x1b', '\x07']) expect(text).not.toContain(part);
  }
});
