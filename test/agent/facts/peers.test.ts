import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { knock } from '../../../agent/facts/peers.ts';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

const index = ['1.23.0-00', '1.22.1-00'].map(
  (version) => `Package: kubeadm\nArchitecture: amd64\nVersion: ${version}\n`,
);

const answers: Record<string, { status?: number; body?: string | Buffer; headers?: Record<string, string> }> = {
  '/apt/dists/stable/Release': {},
  '/apt/key': {},
  '/apt/dists/stable/main/binary-amd64/Packages.gz': { body: gzipSync(index.join('\n')) },
  '/apt/dists/stable/main/binary-arm64/Packages.gz': { body: gzipSync(index.join('\n')) },
  '/v2/': { status: 401 },
};

async function site() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const base = `http://${request.headers.host}`;
    const path = request.url ?? '';
    if (path.startsWith('/v2/k8s/pause/manifests/')) {
      if (request.headers.authorization === 'Bearer abc') return response.end('{}');
      response.setHeader(
        'www-authenticate',
        `Bearer realm="${base}/token",service="s",scope="repository:k8s/pause:pull"`,
      );
      response.statusCode = 401;
      return response.end();
    }
    if (path.startsWith('/token')) return response.end(JSON.stringify({ token: 'abc' }));
    const { status = 200, body = '' } = answers[path] ?? { status: 404 };
    response.statusCode = status;
    return response.end(body);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return { authority: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test('a port without a listener is closed, one with a listener is open', async () => {
  const { authority } = await site();
  const port = Number(authority.split(':')[1]);
  expect(await knock('127.0.0.1', port)).toBe('open');
  expect(await knock('127.0.0.1', 9)).toBe('closed');
});
