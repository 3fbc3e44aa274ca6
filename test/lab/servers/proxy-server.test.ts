import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createProxy } from './proxy-server.ts';

const asked: [string, boolean][] = [];
let site: Server;
let proxy: Server;
const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  site = createServer((request, response) => response.end(`${request.url} ${request.headers['proxy-authorization']}`));
  proxy = createProxy('site:p@ss', (what, allowed) => asked.push([what, allowed]));
  for (const server of [site, proxy]) await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => {
  for (const server of [site, proxy]) server.close();
});

/** Fetches a page of the site with curl through the proxy. */
async function fetchBy(user: string, ...args: string[]) {
  const through = ['--proxy', `http://${user}127.0.0.1:${portOf(proxy)}`, '--noproxy', ''];
  const { exitCode, stdout } = await execa(
    'curl',
    ['-sf', ...through, ...args, `http://127.0.0.1:${portOf(site)}/page`],
    { reject: false },
  );
  return { exitCode, stdout };
}

it('lets through who names the user and the password, and keeps them from the site', async () => {
  expect(await fetchBy('site:p%40ss@')).toEqual({ exitCode: 0, stdout: '/page undefined' });
  expect(await fetchBy('site:p%40ss@', '--proxytunnel')).toEqual({ exitCode: 0, stdout: '/page undefined' });
  expect(asked.splice(0).every(([, allowed]) => allowed)).toBe(true);
});

it('refuses everybody else', async () => {
  expect((await fetchBy('')).exitCode).not.toBe(0);
  expect((await fetchBy('site:wrong@')).exitCode).not.toBe(0);
  expect((await fetchBy('', '--proxytunnel')).exitCode).not.toBe(0);
  expect(asked.splice(0).some(([, allowed]) => allowed)).toBe(false);
});
