import { hash } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { download } from '../../../agent/steps/download.ts';
import { pluginManifest } from '../../../agent/steps/plugin-manifest.ts';
import { fakeHost } from '../fake-host.ts';
import { sampleAssignment } from '../samples.ts';

let server: http.Server;
beforeEach(async () => {
  server = http.createServer((request, response) => {
    if (request.url === '/manifest') return void response.end('kind: List\n');
    if (request.url === '/away') return void response.writeHead(302, { location: '/manifest' }).end();
    if (request.url === '/round') return void response.writeHead(302, { location: '/round' }).end();
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(1_000_000)));
    };
    response.on('drain', more);
    more();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => void server.close().closeAllConnections());

const { signal } = new AbortController();
const { settings } = sampleAssignment();
const means = { host: fakeHost(), settings, signal };
const url = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

it('follows redirects, but neither for ever nor an endless answer', async () => {
  expect(String(await download(url('/away'), means))).toBe('kind: List\n');
  for (const path of ['/round', '/endless'])
    await expect(download(url(path), means)).rejects.toMatchObject({ code: 'download-failed' });
});

it('applies only the manifest that the plan pins', async () => {
  const manifestOf = (sha256: string) => {
    const plugin = { title: 'x', kind: 'manifest' as const, manifest: { url: url('/manifest'), sha256 } };
    return pluginManifest({ ...settings, network: { ...settings.network, plugin } }, means);
  };
  expect(await manifestOf(hash('sha256', 'kind: List\n'))).toBe('kind: List\n');
  await expect(manifestOf('0'.repeat(64))).rejects.toMatchObject({ code: 'manifest-mismatch' });
});
