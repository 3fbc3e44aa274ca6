import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import got from 'got';
import { afterEach, expect, it } from 'vitest';
import { atMost, keepHttps } from '../../../shared/node/bounded-request.ts';

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function serve(handler: http.RequestListener): Promise<string> {
  const server = http.createServer(handler).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it('returns an answer within the limit, and ends one that never ends', async () => {
  let sent = 0;
  const url = await serve((request, response) => {
    if (request.url === '/small') return void response.end('x'.repeat(1000));
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536;
    };
    response.on('drain', more);
    more();
  });
  const read = (path: string) =>
    atMost(10_000_000, (signal) => got(url + path, { signal, responseType: 'buffer', resolveBodyOnly: true }));
  expect((await read('small')).length).toBe(1000);
  await expect(read('endless')).rejects.toThrow('more than 10000000 bytes');
  expect(sent).toBeLessThan(100_000_000);
});

it('does not follow a redirect from https to http', () => {
  const answer = (url: string) => ({ url }) as never;
  const next = (url: string) => ({ url: new URL(url) }) as never;
  expect(() => keepHttps(next('http://b/'), answer('https://a/'))).toThrow('redirected from https to http://b');
  expect(keepHttps(next('https://b/'), answer('https://a/'))).toBeUndefined();
  expect(keepHttps(next('http://b/'), answer('http://a/'))).toBeUndefined();
});
